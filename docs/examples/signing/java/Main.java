import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Answers one line of standard input with one of standard output; ../README.md describes the lines. */
final class Main {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) System.out.println(answer(line.split("\t", -1)));
    }

    private static String answer(String[] words) throws GeneralSecurityException {
        switch (words[0]) {
            case "sign":
                return Signing.sign(read(words[1]), read(words[2]), read(words[3]), read(words[4]), read(words[5]));
            case "encrypt":
                return Signing.encrypt(read(words[1]), read(words[2]), read(words[3]));
            default:
                try {
                    String text = Signing.decrypt(read(words[1]), read(words[2]), read(words[3]));
                    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
                } catch (GeneralSecurityException | IllegalArgumentException wrong) {
                    return "invalid";
                }
        }
    }

    private static String read(String value) {
        return value.equals("-") ? null : new String(Base64.getDecoder().decode(value), UTF_8);
    }
}
