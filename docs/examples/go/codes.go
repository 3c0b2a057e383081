package main

import "strconv"

// code is the outcome of a request. As an error it refuses, and rolls back the transaction that returns it.
type code int

func (c code) Error() string { return "refused with " + strconv.Itoa(int(c)) }

const success code = 200

// What the page documents.
const (
	tokenInvalid           code = 5032
	noPermission           code = 5041
	alreadyBound           code = 5049
	notBound               code = 5052
	pkMissing              code = 5066
	dkMissing              code = 5067
	tokenMissing           code = 5106
	bindingCodeMissing     code = 5179
	bindingCodeMalformed   code = 5213
	productNotAuthorised   code = 5229
	deviceNotFound         code = 5314
	noPermissionForProduct code = 5327
	deviceNameTooLong      code = 5333
	pwdMalformed           code = 5357
	productWithoutGrant    code = 5358
	dkMalformed            code = 5361
	boundByAnotherUser     code = 5412
	homeModeOff            code = 5624
	homeMissing            code = 5636
	ordinaryMember         code = 5669
	commonListNotWritten   code = 5893
	sharingAccepted        code = 6040
	otherDataCentre        code = 6083
)

// What sibling pages have for faults that this page gives no code.
const (
	unreadable         code = 5000
	signatureWrong     code = 5420
	signatureMissing   code = 5550
	newSecretMissing   code = 5458
	newSecretMalformed code = 5459
	bindingCodeWrong   code = 5460
	oldSecretWrong     code = 5465
)
