import java.security.MessageDigest
import java.util.Base64
import javax.crypto.Cipher
import javax.crypto.spec.IvParameterSpec
import javax.crypto.spec.SecretKeySpec

/** bindingCode is the plain code, or the text of encryptedBindingCode. */
fun sign(pk: String, dk: String, bindingCode: String, pwd: String?, userDomainSecret: String): String {
    val text = pk + dk + bindingCode + (pwd ?: "") + userDomainSecret
    val digest = MessageDigest.getInstance("SHA-256").digest(text.toByteArray())
    return digest.joinToString("") { "%02x".format(it) }
}

fun encrypt(plaintext: String, ps: String, random: String): String =
    Base64.getEncoder().encodeToString(aes(Cipher.ENCRYPT_MODE, ps, random).doFinal(plaintext.toByteArray()))

/** Throws for a ciphertext that is not Base64 or is padded wrongly. */
fun decrypt(ciphertext: String, ps: String, random: String): String {
    val bytes = Base64.getDecoder().decode(ciphertext)
    // The decoder accepts a text without its final "=".
    require(Base64.getEncoder().encodeToString(bytes) == ciphertext) { "this is not padded Base64" }
    return String(aes(Cipher.DECRYPT_MODE, ps, random).doFinal(bytes))
}

private fun aes(mode: Int, ps: String, random: String): Cipher =
    Cipher.getInstance("AES/CBC/PKCS5Padding").apply {
        init(mode, SecretKeySpec(ps.toByteArray(), "AES"), IvParameterSpec(random.toByteArray()))
    }
