/** Text that tries to be more than text in every place that it may come to. */
export const hostile =
  '</script></style><script>alert(1)</script><img src=x onerror=alert(2)>" onfocus="alert(3)\' {{alert(4)}} &lt;\u202e\u0000\u001b[31m::error::';
