package main

import (
	"context"
	"crypto/subtle"

	"github.com/jackc/pgx/v5"
)

// bind is all that the transaction needs: a request that is signed, by a user who may bind devices of the product.
type bind struct {
	request
	opened
	user
	product
	dataCentre string
}

// record binds, or returns the code that says why not; then all of it is rolled back.
func record(ctx context.Context, tx pgx.Tx, b *bind) error {
	if err := checkHome(ctx, tx, b); err != nil {
		return err
	}
	if err := lockDevice(ctx, tx, b); err != nil {
		return err
	}
	if b.oldSecret != nil {
		if err := checkOldSecret(ctx, tx, b); err != nil {
			return err
		}
	}
	if err := insertBinding(ctx, tx, b); err != nil {
		return err
	}
	if !b.isCommon() {
		return nil
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO common_devices (fid, pk, dk) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		b.FID, b.PK, b.DK)
	return err
}

// checkHome asks the records whether the home is the caller's own: the signature does not cover fid.
func checkHome(ctx context.Context, tx pgx.Tx, b *bind) error {
	if !b.HomeMode {
		if b.FID != "" {
			return homeModeOff
		}
		return nil
	}
	if b.FID == "" {
		return homeMissing
	}
	type membership struct {
		Role               string
		CommonListWritable bool
	}
	rows, _ := tx.Query(ctx, `
		SELECT role, common_list_writable
		FROM home_members JOIN homes USING (fid)
		WHERE fid = $1 AND uid = $2`, b.FID, b.UID)
	member, err := one[membership](rows, noPermission)
	switch {
	case err != nil:
		return err
	case member.Role == "ordinary":
		return ordinaryMember
	case b.isCommon() && !member.CommonListWritable:
		return commonListNotWritten
	}
	return nil
}

// lockDevice registers a device that appears for the first time, and locks its row: requests for one device wait here for
// one another, so nothing that is read below changes before the transaction ends.
func lockDevice(ctx context.Context, tx pgx.Tx, b *bind) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO devices (pk, dk, binding_code, data_centre) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		b.PK, b.DK, b.bindingCode, b.dataCentre)
	if err != nil {
		return err
	}
	type device struct {
		BindingCode, DataCentre string
		Withdrawn, Shared       bool
	}
	rows, _ := tx.Query(ctx, `
		SELECT binding_code, data_centre, withdrawn,
			EXISTS (SELECT FROM device_shares s WHERE s.pk = d.pk AND s.dk = d.dk AND uid = $3) AS shared
		FROM devices d
		WHERE pk = $1 AND dk = $2
		FOR UPDATE`, b.PK, b.DK, b.UID)
	found, err := one[device](rows, deviceNotFound)
	switch {
	case err != nil:
		return err
	case found.Withdrawn:
		return deviceNotFound
	case found.DataCentre != b.dataCentre:
		return otherDataCentre
	case found.Shared:
		return sharingAccepted
	case subtle.ConstantTimeCompare([]byte(found.BindingCode), []byte(b.bindingCode)) != 1:
		return bindingCodeWrong
	}
	return nil
}

// checkOldSecret wants the secret of an earlier bind of the user domain.
func checkOldSecret(ctx context.Context, tx pgx.Tx, b *bind) error {
	rows, _ := tx.Query(ctx, `
		SELECT secret_digest FROM bindings WHERE pk = $1 AND dk = $2 AND domain_id = $3`, b.PK, b.DK, b.DomainID)
	stored, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return err
	}
	if len(stored) == 0 {
		return notBound
	}
	for _, digest := range stored {
		if subtle.ConstantTimeCompare(digest, b.oldSecret) == 1 {
			return nil
		}
	}
	return oldSecretWrong
}

// insertBinding leaves the decision to the unique constraints: of twenty requests at once, one inserts its row.
func insertBinding(ctx context.Context, tx pgx.Tx, b *bind) error {
	onConflict := "DO NOTHING"
	if b.BindingMode == "alternate" {
		// The new user takes the place of the one before.
		onConflict = `(pk, dk, domain_id) WHERE exclusive DO UPDATE
			SET (uid, secret_digest, device_name, capabilities, fid, frid, bound_at) =
				(excluded.uid, excluded.secret_digest, excluded.device_name, excluded.capabilities,
					excluded.fid, excluded.frid, excluded.bound_at)
			WHERE bindings.uid <> excluded.uid`
	}
	inserted, err := tx.Exec(ctx, `
		INSERT INTO bindings
			(pk, dk, domain_id, uid, exclusive, secret_digest, device_name, capabilities, fid, frid)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT `+onConflict,
		b.PK, b.DK, b.DomainID, b.UID, b.BindingMode != "multi", b.newSecret,
		b.DeviceName, b.CapabilitiesBitmask, b.FID, b.FRID)
	if err != nil || inserted.RowsAffected() == 1 {
		return err
	}
	var isOwn bool
	err = tx.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM bindings WHERE pk = $1 AND dk = $2 AND domain_id = $3 AND uid = $4)`,
		b.PK, b.DK, b.DomainID, b.UID).Scan(&isOwn)
	if err == nil && isOwn {
		return alreadyBound
	}
	if err == nil {
		return boundByAnotherUser
	}
	return err
}
