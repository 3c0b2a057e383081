import java.security.GeneralSecurityException
import java.util.Base64

/** Answers one line of standard input with one of standard output; ../README.md describes the lines. */
fun main() {
    for (line in generateSequence(::readLine)) println(answer(line.split("\t")))
}

private fun answer(words: List<String>): String {
    val given = words.drop(1).map { if (it == "-") null else String(Base64.getDecoder().decode(it)) }
    val values = given.map { it ?: "" }
    return when (words[0]) {
        "sign" -> sign(values[0], values[1], values[2], given[3], values[4])
        "encrypt" -> encrypt(values[0], values[1], values[2])
        else ->
            try {
                Base64.getEncoder().encodeToString(decrypt(values[0], values[1], values[2]).toByteArray())
            } catch (wrong: GeneralSecurityException) {
                "invalid"
            } catch (wrong: IllegalArgumentException) {
                "invalid"
            }
    }
}
