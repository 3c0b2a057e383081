import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Signature and ciphertexts of a binding request. Needs Java 17. */
final class Signing {
    /** bindingCode is the plain code, or the text of encryptedBindingCode. pwd may be null. */
    static String sign(String pk, String dk, String bindingCode, String pwd, String userDomainSecret)
            throws GeneralSecurityException {
        String text = pk + dk + bindingCode + (pwd == null ? "" : pwd) + userDomainSecret;
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    static String encrypt(String plaintext, String ps, String random) throws GeneralSecurityException {
        byte[] bytes = aes(Cipher.ENCRYPT_MODE, ps, random).doFinal(plaintext.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Throws for a ciphertext that is not Base64 or is padded wrongly. */
    static String decrypt(String ciphertext, String ps, String random) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(ciphertext);
        // The decoder accepts a text without its final "=".
        if (!Base64.getEncoder().encodeToString(bytes).equals(ciphertext)) throw new IllegalArgumentException("Base64");
        return new String(aes(Cipher.DECRYPT_MODE, ps, random).doFinal(bytes), UTF_8);
    }

    private static Cipher aes(int mode, String ps, String random) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(ps.getBytes(US_ASCII), "AES"), new IvParameterSpec(random.getBytes(US_ASCII)));
        return cipher;
    }
}
