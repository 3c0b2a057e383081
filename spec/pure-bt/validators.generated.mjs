// Generated from openapi.yaml by Ajv. Do not edit it: edit openapi.yaml, then run `npm run generate`.

import { createRequire } from 'node:module';

// Ajv's code loads its helpers with require, even in a module.
const require = createRequire(import.meta.url);

export const PlainBindingRequest = validate1;
const schema1 = {"type":"object","required":["pk","dk","bindingCode","encryptedNewBindingSecret","random","signature"],"properties":{"bindingCode":{"$ref":"#/components/schemas/bindingCode"},"encryptedBindingCode":{"$ref":"#/components/schemas/otherFormUnused"},"capabilitiesBitmask":{"$ref":"#/components/schemas/capabilitiesBitmask"},"deviceName":{"$ref":"#/components/schemas/deviceName"},"dk":{"$ref":"#/components/schemas/dk"},"encryptedNewBindingSecret":{"$ref":"#/components/schemas/encryptedNewBindingSecret"},"encryptedOldBindingSecret":{"$ref":"#/components/schemas/encryptedOldBindingSecret"},"fid":{"$ref":"#/components/schemas/fid"},"frid":{"$ref":"#/components/schemas/frid"},"isCommonDevice":{"$ref":"#/components/schemas/isCommonDevice"},"pk":{"$ref":"#/components/schemas/pk"},"pwd":{"$ref":"#/components/schemas/pwd"},"random":{"$ref":"#/components/schemas/random"},"signature":{"$ref":"#/components/schemas/signature"}}};
const schema2 = {"type":"string","pattern":"^[0-9A-F]{16}$"};
const schema3 = {"type":"null"};
const schema4 = {"type":["integer","null"],"format":"int32","minimum":0,"maximum":15};
const schema5 = {"type":["string","null"],"maxLength":254};
const schema6 = {"type":"string","pattern":"^[0-9A-Za-z]{4,32}$"};
const schema7 = {"type":"string","minLength":24,"pattern":"^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"};
const schema8 = {"type":["string","null"],"minLength":24,"pattern":"^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"};
const schema9 = {"type":["string","null"]};
const schema10 = {"type":["string","null"]};
const schema11 = {"type":["boolean","null"]};
const schema12 = {"type":"string","minLength":1};
const schema13 = {"type":["string","null"],"pattern":"^(?:[\\x20-\\x7e]{1,64})?$"};
const schema14 = {"type":"string","pattern":"^[0-9A-Za-z]{16}$"};
const schema15 = {"type":"string","pattern":"^[0-9a-f]{64}$"};
const pattern0 = new RegExp("^[0-9A-F]{16}$", "u");
const pattern1 = new RegExp("^[0-9A-Za-z]{4,32}$", "u");
const pattern2 = new RegExp("^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$", "u");
const pattern4 = new RegExp("^(?:[\\x20-\\x7e]{1,64})?$", "u");
const pattern5 = new RegExp("^[0-9A-Za-z]{16}$", "u");
const pattern6 = new RegExp("^[0-9a-f]{64}$", "u");
const func0 = require("ajv/dist/runtime/ucs2length").default;

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate1.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pk === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "pk"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.dk === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "dk"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.bindingCode === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "bindingCode"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.encryptedNewBindingSecret === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "encryptedNewBindingSecret"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.random === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "random"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.signature === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "signature"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.bindingCode !== undefined){
let data0 = data.bindingCode;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err6 = {instancePath:instancePath+"/bindingCode",schemaPath:"#/components/schemas/bindingCode/pattern",keyword:"pattern",params:{pattern: "^[0-9A-F]{16}$"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/bindingCode",schemaPath:"#/components/schemas/bindingCode/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.encryptedBindingCode !== undefined){
if(data.encryptedBindingCode !== null){
const err8 = {instancePath:instancePath+"/encryptedBindingCode",schemaPath:"#/components/schemas/otherFormUnused/type",keyword:"type",params:{type: "null"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.capabilitiesBitmask !== undefined){
let data2 = data.capabilitiesBitmask;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
const err9 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/type",keyword:"type",params:{type: schema4.type}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 15 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/maximum",keyword:"maximum",params:{comparison: "<=", limit: 15}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err11 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.deviceName !== undefined){
let data3 = data.deviceName;
if((typeof data3 !== "string") && (data3 !== null)){
const err12 = {instancePath:instancePath+"/deviceName",schemaPath:"#/components/schemas/deviceName/type",keyword:"type",params:{type: schema5.type}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data3 === "string"){
if(func0(data3) > 254){
const err13 = {instancePath:instancePath+"/deviceName",schemaPath:"#/components/schemas/deviceName/maxLength",keyword:"maxLength",params:{limit: 254}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.dk !== undefined){
let data4 = data.dk;
if(typeof data4 === "string"){
if(!pattern1.test(data4)){
const err14 = {instancePath:instancePath+"/dk",schemaPath:"#/components/schemas/dk/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z]{4,32}$"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/dk",schemaPath:"#/components/schemas/dk/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.encryptedNewBindingSecret !== undefined){
let data5 = data.encryptedNewBindingSecret;
if(typeof data5 === "string"){
if(func0(data5) < 24){
const err16 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/minLength",keyword:"minLength",params:{limit: 24}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(!pattern2.test(data5)){
const err17 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.encryptedOldBindingSecret !== undefined){
let data6 = data.encryptedOldBindingSecret;
if((typeof data6 !== "string") && (data6 !== null)){
const err19 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/type",keyword:"type",params:{type: schema8.type}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(typeof data6 === "string"){
if(func0(data6) < 24){
const err20 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/minLength",keyword:"minLength",params:{limit: 24}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(!pattern2.test(data6)){
const err21 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data.fid !== undefined){
let data7 = data.fid;
if((typeof data7 !== "string") && (data7 !== null)){
const err22 = {instancePath:instancePath+"/fid",schemaPath:"#/components/schemas/fid/type",keyword:"type",params:{type: schema9.type}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.frid !== undefined){
let data8 = data.frid;
if((typeof data8 !== "string") && (data8 !== null)){
const err23 = {instancePath:instancePath+"/frid",schemaPath:"#/components/schemas/frid/type",keyword:"type",params:{type: schema10.type}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.isCommonDevice !== undefined){
let data9 = data.isCommonDevice;
if((typeof data9 !== "boolean") && (data9 !== null)){
const err24 = {instancePath:instancePath+"/isCommonDevice",schemaPath:"#/components/schemas/isCommonDevice/type",keyword:"type",params:{type: schema11.type}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.pk !== undefined){
let data10 = data.pk;
if(typeof data10 === "string"){
if(func0(data10) < 1){
const err25 = {instancePath:instancePath+"/pk",schemaPath:"#/components/schemas/pk/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/pk",schemaPath:"#/components/schemas/pk/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.pwd !== undefined){
let data11 = data.pwd;
if((typeof data11 !== "string") && (data11 !== null)){
const err27 = {instancePath:instancePath+"/pwd",schemaPath:"#/components/schemas/pwd/type",keyword:"type",params:{type: schema13.type}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data11 === "string"){
if(!pattern4.test(data11)){
const err28 = {instancePath:instancePath+"/pwd",schemaPath:"#/components/schemas/pwd/pattern",keyword:"pattern",params:{pattern: "^(?:[\\x20-\\x7e]{1,64})?$"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.random !== undefined){
let data12 = data.random;
if(typeof data12 === "string"){
if(!pattern5.test(data12)){
const err29 = {instancePath:instancePath+"/random",schemaPath:"#/components/schemas/random/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z]{16}$"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/random",schemaPath:"#/components/schemas/random/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.signature !== undefined){
let data13 = data.signature;
if(typeof data13 === "string"){
if(!pattern6.test(data13)){
const err31 = {instancePath:instancePath+"/signature",schemaPath:"#/components/schemas/signature/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/signature",schemaPath:"#/components/schemas/signature/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}
validate1.evaluated = {"props":{"bindingCode":true,"encryptedBindingCode":true,"capabilitiesBitmask":true,"deviceName":true,"dk":true,"encryptedNewBindingSecret":true,"encryptedOldBindingSecret":true,"fid":true,"frid":true,"isCommonDevice":true,"pk":true,"pwd":true,"random":true,"signature":true},"dynamicProps":false,"dynamicItems":false};

export const EncryptedBindingRequest = validate2;
const schema16 = {"type":"object","required":["pk","dk","encryptedBindingCode","encryptedNewBindingSecret","random","signature"],"properties":{"bindingCode":{"$ref":"#/components/schemas/otherFormUnused"},"encryptedBindingCode":{"$ref":"#/components/schemas/encryptedBindingCode"},"capabilitiesBitmask":{"$ref":"#/components/schemas/capabilitiesBitmask"},"deviceName":{"$ref":"#/components/schemas/deviceName"},"dk":{"$ref":"#/components/schemas/dk"},"encryptedNewBindingSecret":{"$ref":"#/components/schemas/encryptedNewBindingSecret"},"encryptedOldBindingSecret":{"$ref":"#/components/schemas/encryptedOldBindingSecret"},"fid":{"$ref":"#/components/schemas/fid"},"frid":{"$ref":"#/components/schemas/frid"},"isCommonDevice":{"$ref":"#/components/schemas/isCommonDevice"},"pk":{"$ref":"#/components/schemas/pk"},"pwd":{"$ref":"#/components/schemas/pwd"},"random":{"$ref":"#/components/schemas/random"},"signature":{"$ref":"#/components/schemas/signature"}}};
const schema18 = {"type":"string","pattern":"^[0-9A-Za-z+/]{43}=$"};
const pattern7 = new RegExp("^[0-9A-Za-z+/]{43}=$", "u");

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate2.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pk === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "pk"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.dk === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "dk"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.encryptedBindingCode === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "encryptedBindingCode"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.encryptedNewBindingSecret === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "encryptedNewBindingSecret"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.random === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "random"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.signature === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "signature"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.bindingCode !== undefined){
if(data.bindingCode !== null){
const err6 = {instancePath:instancePath+"/bindingCode",schemaPath:"#/components/schemas/otherFormUnused/type",keyword:"type",params:{type: "null"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.encryptedBindingCode !== undefined){
let data1 = data.encryptedBindingCode;
if(typeof data1 === "string"){
if(!pattern7.test(data1)){
const err7 = {instancePath:instancePath+"/encryptedBindingCode",schemaPath:"#/components/schemas/encryptedBindingCode/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z+/]{43}=$"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/encryptedBindingCode",schemaPath:"#/components/schemas/encryptedBindingCode/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.capabilitiesBitmask !== undefined){
let data2 = data.capabilitiesBitmask;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
const err9 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/type",keyword:"type",params:{type: schema4.type}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 15 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/maximum",keyword:"maximum",params:{comparison: "<=", limit: 15}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err11 = {instancePath:instancePath+"/capabilitiesBitmask",schemaPath:"#/components/schemas/capabilitiesBitmask/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.deviceName !== undefined){
let data3 = data.deviceName;
if((typeof data3 !== "string") && (data3 !== null)){
const err12 = {instancePath:instancePath+"/deviceName",schemaPath:"#/components/schemas/deviceName/type",keyword:"type",params:{type: schema5.type}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data3 === "string"){
if(func0(data3) > 254){
const err13 = {instancePath:instancePath+"/deviceName",schemaPath:"#/components/schemas/deviceName/maxLength",keyword:"maxLength",params:{limit: 254}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.dk !== undefined){
let data4 = data.dk;
if(typeof data4 === "string"){
if(!pattern1.test(data4)){
const err14 = {instancePath:instancePath+"/dk",schemaPath:"#/components/schemas/dk/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z]{4,32}$"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/dk",schemaPath:"#/components/schemas/dk/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.encryptedNewBindingSecret !== undefined){
let data5 = data.encryptedNewBindingSecret;
if(typeof data5 === "string"){
if(func0(data5) < 24){
const err16 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/minLength",keyword:"minLength",params:{limit: 24}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(!pattern2.test(data5)){
const err17 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/encryptedNewBindingSecret",schemaPath:"#/components/schemas/encryptedNewBindingSecret/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.encryptedOldBindingSecret !== undefined){
let data6 = data.encryptedOldBindingSecret;
if((typeof data6 !== "string") && (data6 !== null)){
const err19 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/type",keyword:"type",params:{type: schema8.type}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(typeof data6 === "string"){
if(func0(data6) < 24){
const err20 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/minLength",keyword:"minLength",params:{limit: 24}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(!pattern2.test(data6)){
const err21 = {instancePath:instancePath+"/encryptedOldBindingSecret",schemaPath:"#/components/schemas/encryptedOldBindingSecret/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data.fid !== undefined){
let data7 = data.fid;
if((typeof data7 !== "string") && (data7 !== null)){
const err22 = {instancePath:instancePath+"/fid",schemaPath:"#/components/schemas/fid/type",keyword:"type",params:{type: schema9.type}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.frid !== undefined){
let data8 = data.frid;
if((typeof data8 !== "string") && (data8 !== null)){
const err23 = {instancePath:instancePath+"/frid",schemaPath:"#/components/schemas/frid/type",keyword:"type",params:{type: schema10.type}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.isCommonDevice !== undefined){
let data9 = data.isCommonDevice;
if((typeof data9 !== "boolean") && (data9 !== null)){
const err24 = {instancePath:instancePath+"/isCommonDevice",schemaPath:"#/components/schemas/isCommonDevice/type",keyword:"type",params:{type: schema11.type}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.pk !== undefined){
let data10 = data.pk;
if(typeof data10 === "string"){
if(func0(data10) < 1){
const err25 = {instancePath:instancePath+"/pk",schemaPath:"#/components/schemas/pk/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/pk",schemaPath:"#/components/schemas/pk/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.pwd !== undefined){
let data11 = data.pwd;
if((typeof data11 !== "string") && (data11 !== null)){
const err27 = {instancePath:instancePath+"/pwd",schemaPath:"#/components/schemas/pwd/type",keyword:"type",params:{type: schema13.type}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data11 === "string"){
if(!pattern4.test(data11)){
const err28 = {instancePath:instancePath+"/pwd",schemaPath:"#/components/schemas/pwd/pattern",keyword:"pattern",params:{pattern: "^(?:[\\x20-\\x7e]{1,64})?$"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.random !== undefined){
let data12 = data.random;
if(typeof data12 === "string"){
if(!pattern5.test(data12)){
const err29 = {instancePath:instancePath+"/random",schemaPath:"#/components/schemas/random/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z]{16}$"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/random",schemaPath:"#/components/schemas/random/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.signature !== undefined){
let data13 = data.signature;
if(typeof data13 === "string"){
if(!pattern6.test(data13)){
const err31 = {instancePath:instancePath+"/signature",schemaPath:"#/components/schemas/signature/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/signature",schemaPath:"#/components/schemas/signature/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate2.errors = vErrors;
return errors === 0;
}
validate2.evaluated = {"props":{"bindingCode":true,"encryptedBindingCode":true,"capabilitiesBitmask":true,"deviceName":true,"dk":true,"encryptedNewBindingSecret":true,"encryptedOldBindingSecret":true,"fid":true,"frid":true,"isCommonDevice":true,"pk":true,"pwd":true,"random":true,"signature":true},"dynamicProps":false,"dynamicItems":false};

export const SuccessEnvelope = validate3;
const schema31 = {"type":"object","required":["code","msg","data"],"properties":{"code":{"const":200,"type":"integer","format":"int32"},"msg":{"$ref":"#/components/schemas/msg"},"data":{"$ref":"#/components/schemas/Verified"},"extMsg":{"$ref":"#/components/schemas/extMsg"}}};
const schema32 = {"type":"string"};
const schema35 = {"type":["string","null"]};
const schema33 = {"type":"object","required":["verified"],"properties":{"verified":{"$ref":"#/components/schemas/verified"}}};
const schema34 = {"type":["integer","string"],"enum":[0,1,"0","1"]};

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate4.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.verified === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "verified"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.verified !== undefined){
let data0 = data.verified;
if((!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))) && (typeof data0 !== "string")){
const err1 = {instancePath:instancePath+"/verified",schemaPath:"#/components/schemas/verified/type",keyword:"type",params:{type: schema34.type}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!((((data0 === 0) || (data0 === 1)) || (data0 === "0")) || (data0 === "1"))){
const err2 = {instancePath:instancePath+"/verified",schemaPath:"#/components/schemas/verified/enum",keyword:"enum",params:{allowedValues: schema34.enum}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate4.errors = vErrors;
return errors === 0;
}
validate4.evaluated = {"props":{"verified":true},"dynamicProps":false,"dynamicItems":false};


function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate3.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "code"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.msg === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "msg"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.data === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "data"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.code !== undefined){
let data0 = data.code;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err3 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(200 !== data0){
const err4 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/const",keyword:"const",params:{allowedValue: 200}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.msg !== undefined){
if(typeof data.msg !== "string"){
const err5 = {instancePath:instancePath+"/msg",schemaPath:"#/components/schemas/msg/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.data !== undefined){
if(!(validate4(data.data, {instancePath:instancePath+"/data",parentData:data,parentDataProperty:"data",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate4.errors : vErrors.concat(validate4.errors);
errors = vErrors.length;
}
}
if(data.extMsg !== undefined){
let data3 = data.extMsg;
if((typeof data3 !== "string") && (data3 !== null)){
const err6 = {instancePath:instancePath+"/extMsg",schemaPath:"#/components/schemas/extMsg/type",keyword:"type",params:{type: schema35.type}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}
validate3.evaluated = {"props":{"code":true,"msg":true,"data":true,"extMsg":true},"dynamicProps":false,"dynamicItems":false};

export const FailureEnvelope = validate6;
const schema36 = {"type":"object","required":["code","msg"],"properties":{"code":{"type":"integer","format":"int32","not":{"const":200}},"msg":{"$ref":"#/components/schemas/msg"},"data":{"type":"null"},"extMsg":{"$ref":"#/components/schemas/extMsg"}}};

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate6.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "code"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.msg === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "msg"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.code !== undefined){
let data0 = data.code;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs3 = errors;
const _errs4 = errors;
if(200 !== data0){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var valid1 = _errs4 === errors;
if(valid1){
const err4 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
}
if(data.msg !== undefined){
if(typeof data.msg !== "string"){
const err5 = {instancePath:instancePath+"/msg",schemaPath:"#/components/schemas/msg/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.data !== undefined){
if(data.data !== null){
const err6 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "null"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.extMsg !== undefined){
let data3 = data.extMsg;
if((typeof data3 !== "string") && (data3 !== null)){
const err7 = {instancePath:instancePath+"/extMsg",schemaPath:"#/components/schemas/extMsg/type",keyword:"type",params:{type: schema35.type}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate6.errors = vErrors;
return errors === 0;
}
validate6.evaluated = {"props":{"code":true,"msg":true,"data":true,"extMsg":true},"dynamicProps":false,"dynamicItems":false};

