/** A page in the vendor's format, with an invented operation. */
export const lampPage = `# Bind Lamp


**API Address**:\`/v2/lamps/bindLamp\`


**Request Method**:\`POST\`


**Request Data Type**:\`application/json\`


**Response Data Type**:\`*/*\`


**API Description**:\`Binds a lamp to a room\`


**Request Example**:


\`\`\`javascript
{
  "lamp": "",
  "mode": 0
}
\`\`\`


**Request Parameters**:


| Parameter Name | Parameter Description | Request Type | Required | Data Type | Schema |
| -------------- | --------------------- | ------------ | -------- | --------- | ------ |
| param | param | body | true | BindLampParam | BindLampParam |
| &emsp;&emsp;lamp | Lamp number, at most 32 characters | | true | string | |
| &emsp;&emsp;mode | Light mode:<br/>1-Warm<br/>2-Cold<br/>3-Party | | false | integer(int32) | |
| &emsp;&emsp;room | Room of the lamp | | false | string | |
| &emsp;&emsp;dim | Brightness, default is 80 | | false | integer(int32) | |
| &emsp;&emsp;proof | Proof of ownership<br/>Algorithm: SHA256(lamp+room+lampSecret), in lower-case hex | | true | string | |
| &emsp;&emsp;switches | Switches of the lamp | | false | array | Switch |
| &emsp;&emsp;&emsp;&emsp;side | Side of the switch: 0-left 1-right | | false | string | |


**Response Status**:


| Status Code | Description | Schema |
| ----------- | ----------- | ------ |
| 200 | Lamp is bound | Response«Bound» |
| 7001 | Lamp is unknown | |
| 7002 | Room is full | |
| 7003 | Proof does not match | |
| 7004 | Lamp belongs to another user | |


**Response Parameters**:


| Parameter Name | Parameter Description | Type | Schema |
| -------------- | --------------------- | ---- | ------ |
| code | Outcome | integer(int32) | integer(int32) |
| data | Data of the answer | Bound | Bound |
| &emsp;&emsp;since | Bound since, in seconds | integer(int64) | |
| msg | Message | string | |


**Response Example**:
\`\`\`javascript
{
	"code": 0,
	"data": {
		"since": 0
	},
	"msg": ""
}
\`\`\`
`;
