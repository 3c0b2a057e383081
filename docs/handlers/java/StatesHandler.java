import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Provider states, with the JDK alone: sets up what a case needs, answers with the fixture, clears it away.
 *
 *   STORE_URL=http://127.0.0.1:8080/_store TOKEN_KEY=key.pem PORT=8081 java StatesHandler.java
 *
 * For test environments only: it makes users and hands out their tokens and secrets. TOKEN_KEY is in PKCS #8 (PEM).
 */
public class StatesHandler {
  static final int HOUR = 3600;
  static final Map<String, Object> HOME = Map.of("role", "owner", "commonListWritable", true);

  /** How a state differs from a device ready to bind. */
  static class State {
    final Map<String, Object> user = new HashMap<>(), product = new HashMap<>(), device = new HashMap<>();
    final Map<String, Object> home = new HashMap<>(), claims = new HashMap<>();
    String boundBy;
    boolean shared;
    int iat = 0, nbf = -120, exp = 2 * HOUR;
    List<String> gives = List.of();

    State user(String key, Object value) { user.put(key, value); return this; }
    State product(String key, Object value) { product.put(key, value); return this; }
    State device(String key, Object value) { device.put(key, value); return this; }
    State home() { home.putAll(HOME); return this; }
    State home(String key, Object value) { home(); home.put(key, value); return this; }
    State claim(String key, Object value) { claims.put(key, value); return this; }
    State times(int iat, int nbf, int exp) { this.iat = iat; this.nbf = nbf; this.exp = exp; return this; }
    State boundBy(String who) { boundBy = who; return this; }
    State shared() { shared = true; return this; }
    State gives(String... fields) { gives = List.of(fields); return this; }
  }

  static final Map<String, State> STATES = Map.ofEntries(
      Map.entry("a device ready to bind", new State()),
      Map.entry("a device ready to bind in a home", new State().home().gives("fid", "frid")),
      Map.entry("a device the user has already bound", new State().boundBy("user")),
      Map.entry("a device nobody has bound", new State().gives("oldBindingSecret")),
      Map.entry("a device bound by another user, binding mode multi", new State().boundBy("other").gives("oldBindingSecret")),
      Map.entry("a device bound by another user, binding mode single", new State().boundBy("other").product("bindingMode", "single")),
      Map.entry("a device bound by another user, binding mode alternate",
          new State().boundBy("other").product("bindingMode", "alternate").gives("oldBindingSecret")),
      Map.entry("two users, binding mode single", new State().product("bindingMode", "single").gives("otherToken")),
      Map.entry("two users, binding mode alternate", new State().product("bindingMode", "alternate").gives("otherToken")),
      Map.entry("a user without permission", new State().user("mayBind", false)),
      Map.entry("a product the user domain is not authorised for", new State().product("domains", List.of())),
      Map.entry("a product the user has no permission for", new State().product("permission", "not-this-user")),
      Map.entry("a product that grants no permission", new State().product("permission", "nobody")),
      Map.entry("a device the cloud cannot look up", new State().device("lookUpFails", true)),
      Map.entry("home mode on", new State().home()),
      Map.entry("home mode off", new State().gives("fid")),
      Map.entry("an ordinary member of the home", new State().home("role", "ordinary").gives("fid", "frid")),
      Map.entry("a home whose common-device list cannot be written", new State().home("commonListWritable", false).gives("fid", "frid")),
      Map.entry("a device whose sharing the user has accepted", new State().shared()),
      Map.entry("a device registered in another data centre", new State().device("dataCentre", "elsewhere")),
      Map.entry("an expired token", new State().times(-3 * HOUR, -3 * HOUR, -HOUR)),
      Map.entry("a refresh token", new State().claim("type", "RefreshToken").times(0, -120, 720 * HOUR)),
      Map.entry("a token not yet valid", new State().times(HOUR, HOUR, 3 * HOUR)),
      Map.entry("a token for another audience", new State().claim("aud", "Elsewhere")),
      Map.entry("a product whose every device is ready to bind", new State().product("everyDeviceReady", true)));

  static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * Replace this by your database: "put" writes users, a product, a device and its binding;
   * "remove" deletes them again, with whatever was bound meanwhile.
   */
  static void store(String action, Map<String, Object> records) throws IOException, InterruptedException {
    URI uri = URI.create(System.getenv("STORE_URL") + "/" + action);
    HttpRequest request = HttpRequest.newBuilder(uri)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json(records)))
        .build();
    int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) throw new IOException("the store answered " + status);
  }

  /** Replace this by your identity service: claims become a token, signed with RS256. */
  static String issueToken(Map<String, Object> claims) throws Exception {
    String unsigned = base64url(json(object("typ", "JWT", "alg", "RS256")).getBytes(StandardCharsets.UTF_8))
        + "." + base64url(json(claims).getBytes(StandardCharsets.UTF_8));
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(tokenKey());
    signer.update(unsigned.getBytes(StandardCharsets.US_ASCII));
    return unsigned + "." + base64url(signer.sign());
  }

  static PrivateKey tokenKey() throws Exception {
    String pem = Files.readString(Path.of(System.getenv("TOKEN_KEY"))).replaceAll("-----[^-]+-----|\\s", "");
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
  }

  static String base64url(byte[] content) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }

  /** An access token's claims; the state's times are relative to now. */
  static Map<String, Object> claimsOf(String uid, State state) {
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> claims = object("iss", "enduser", "aud", "Audience", "sub", "subject", "type", "AccessToken",
        "uid", uid, "jti", letters(16), "iat", now + state.iat, "nbf", now + state.nbf, "exp", now + state.exp);
    claims.putAll(state.claims);
    return claims;
  }

  /** The records and the fixture of one set-up. */
  record Made(Map<String, Object> records, Map<String, Object> fixture) {}

  /** Everything in a set-up is new, so that cases cannot disturb one another. */
  static Made setUp(State state) throws Exception {
    Map<String, Object> domain = object("id", letters(12), "secret", letters(44));
    String uid = letters(16), otherUid = letters(16), fid = letters(8), frid = letters(8), oldSecret = letters(16);
    Map<String, Object> user = object("uid", uid, "domain", domain, "mayBind", true);
    user.putAll(state.user);
    if (!state.home.isEmpty()) {
      Map<String, Object> home = object("fid", fid);
      home.putAll(state.home);
      user.put("home", home);
    }
    Map<String, Object> product = object("pk", "p1" + letters(6), "ps", letters(16), "bindingMode", "multi",
        "domains", List.of(domain.get("id")), "permission", "everybody");
    product.putAll(state.product);
    Map<String, Object> device = object("dk", from(HEX, 12), "bindingCode", from(HEX, 16), "dataCentre", "here",
        "sharees", state.shared ? List.of(uid) : List.of());
    device.putAll(state.device);
    Map<String, Object> binding = state.boundBy == null ? null : object("domain", domain.get("id"),
        "uid", state.boundBy.equals("user") ? uid : otherUid, "bindingSecret", oldSecret);
    Map<String, Object> records = object(
        "users", List.of(user, object("uid", otherUid, "domain", domain, "mayBind", true)),
        "product", product,
        // Where every device is ready to bind, none is on record before its first bind.
        "device", product.containsKey("everyDeviceReady") ? null : device,
        "binding", binding);
    Map<String, Object> fixture = object("token", issueToken(claimsOf(uid, state)), "pk", product.get("pk"),
        "ps", product.get("ps"), "dk", device.get("dk"), "bindingCode", device.get("bindingCode"),
        "bindingSecret", letters(16), "userDomainSecret", domain.get("secret"));
    Map<String, Object> optional = object("fid", fid, "frid", frid, "oldBindingSecret", oldSecret,
        "otherToken", issueToken(claimsOf(otherUid, new State())));
    for (String field : state.gives) fixture.put(field, optional.get(field));
    return new Made(records, fixture);
  }

  static final SecureRandom RANDOM = new SecureRandom();
  static final String HEX = "0123456789ABCDEF";

  static String letters(int length) {
    return from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
  }

  static String from(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < length; at += 1) text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    return text.toString();
  }

  /** Names and values in turn; unlike Map.of, it takes null and can be added to. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> made = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) made.put((String) namesAndValues[at], namesAndValues[at + 1]);
    return made;
  }

  /** JSON of what is written here: letters and digits, so nothing has to be escaped. Use your JSON library instead. */
  static String json(Object value) {
    if (value instanceof String text) return '"' + text + '"';
    List<String> parts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) parts.add(json(item));
      return "[" + String.join(",", parts) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, content) -> parts.add(json(name) + ":" + json(content)));
      return "{" + String.join(",", parts) + "}";
    }
    return String.valueOf(value);
  }

  /** A text of a request, by its name: the protocol's texts hold neither quotes nor backslashes. */
  static String read(String body, String name) {
    var found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(body);
    return found.find() ? found.group(1) : "";
  }

  static final Map<String, Map<String, Object>> MADE = new ConcurrentHashMap<>();

  static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = read(body, "id");
      if (read(body, "action").equals("teardown")) {
        Map<String, Object> records = MADE.remove(id);
        if (records != null) store("remove", records);
        answer(exchange, 200, Map.of());
        return;
      }
      State state = STATES.get(read(body, "state"));
      // 4xx says "not supported": the cases of this state are skipped.
      if (state == null) {
        answer(exchange, 404, Map.of("message", "this state is not known"));
        return;
      }
      Made made = setUp(state);
      MADE.put(id, made.records());
      store("put", made.records());
      answer(exchange, 200, made.fixture());
    } catch (Exception broken) {
      // 5xx says "broken": never answer a set-up that failed with success.
      answer(exchange, 500, Map.of("message", "the set-up failed"));
    }
  }

  static void answer(HttpExchange exchange, int status, Map<String, Object> value) throws IOException {
    byte[] body = json(value).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8081"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", StatesHandler::handle);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("listening on http://127.0.0.1:" + server.getAddress().getPort());
  }
}
