package dev.serai.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiDetectorTest {
  private static final Pattern LABEL = Pattern.compile("\\{\\{([a-z_]+)\\|([^}]*)}}");
  private static final Set<String> NAMES =
      Set.of("Erika Mustermann", "Priya Raghunathan", "Tomasz", "Žofie Nováková", "Dr. Okonkwo");

  private final PiiDetector detector = new PiiDetector(EnumSet.allOf(PiiKind.class), NAMES);

  /** One line of the labelled set: a text and the values in it, as "kind|value". */
  private record Labelled(String text, Set<String> expected) {}

  @Test
  void theLabelledSetIsFoundWithARecallOf99PercentAndAPrecisionOf97() {
    int expected = 0;
    int right = 0;
    int found = 0;
    List<String> mistakes = new ArrayList<>();
    for (Labelled line : labelled()) {
      Set<String> values = values(line.text());
      Set<String> both = new HashSet<>(values);
      both.retainAll(line.expected());
      expected += line.expected().size();
      found += values.size();
      right += both.size();
      if (!values.equals(line.expected())) {
        mistakes.add(line.expected() + " but " + values + " in " + line.text());
      }
    }
    assertThat(expected).isGreaterThan(600);
    assertThat((double) right / expected).as("recall; %s", mistakes).isGreaterThanOrEqualTo(0.99);
    assertThat((double) right / found).as("precision; %s", mistakes).isGreaterThanOrEqualTo(0.97);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mail bob%40example.com now; email|bob%40example.com",
        "a.b@c.example.com,d@e.org; email|a.b@c.example.com email|d@e.org",
        "https://u:s3cr3tPass@db.example.com/x; email|s3cr3tPass@db.example.com",
        "4111111111111111; card|4111111111111111",
        "4111 1111 1111 1111 123; card|4111 1111 1111 1111",
        "ssn 078051120; national_id|078051120",
        "2001:db8::8a2e:370:7334/64; ip|2001:db8::8a2e:370:7334",
        "10.1.2.3:8080; ip|10.1.2.3",
        "phone: 5551234567; phone|5551234567",
        "my phone number is 5551234567; phone|5551234567",
      })
  void valuesAreFoundInOrdinaryText(String text, String expected) {
    assertThat(values(text)).isEqualTo(Set.of(expected.split(" (?=[a-z_]+\\|)")));
  }

  @Test
  void theNameOfAMemberSaysThatItsValueIsAPassword() {
    assertThat(detector.find("Tr0ub4dor-and-3", "dbPassword")).hasSize(1);
    assertThat(detector.find("Tr0ub4dor-and-3", "title")).isEmpty();
  }

  @Test
  void aPrivateKeyIsFoundWhole() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n0aZ=\n-----END RSA PRIVATE KEY-----";
    assertThat(values("here: " + key + " ok")).containsExactly("secret|" + key);
    assertThat(values("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----")).isEmpty();
  }

  @Test
  void aKindThatIsNotWantedIsNotFound() {
    PiiDetector cards = new PiiDetector(EnumSet.of(PiiKind.CARD), Set.of());
    assertThat(cards.find("a@example.com 4111 1111 1111 1111"))
        .extracting(Finding::kind)
        .containsExactly(PiiKind.CARD);
  }

  @Test
  void aFileInBase64IsNotSearched() {
    String image = "AbC+/4111111111111111/+".repeat(50);
    assertThat(detector.find(image)).isEmpty();
    assertThat(detector.find("data:image/png;base64," + image)).isEmpty();
  }

  /** Texts that make a scanner look far ahead from every character. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "@",
        "a@",
        "1-",
        "a.",
        "a.@",
        "+1 ",
        "-----BEGIN PRIVATE KEY-----",
        "eyJa.",
        "DE12 ",
        "f:",
        "::",
        "password is ",
        "AB 1",
        "(",
        "%40",
        "1 (",
        "sk-1",
        "[EMAIL_1",
        "no 1 ",
      })
  @Timeout(60)
  void theTimeGrowsWithTheLengthOnly(String unit) {
    String text = unit.repeat(200_000 / unit.length());
    assertThat(detector.find(text).size()).isLessThan(text.length());
  }

  private Set<String> values(String text) {
    Set<String> values = new HashSet<>();
    for (Finding finding : detector.find(text)) {
      values.add(finding.kind().label() + "|" + text.substring(finding.start(), finding.end()));
    }
    return values;
  }

  private static List<Labelled> labelled() {
    List<Labelled> lines = new ArrayList<>();
    for (String line : read().replace("¦", "").split("\n")) {
      if (!line.startsWith("#")) {
        Set<String> expected = new HashSet<>();
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          expected.add(label.group(1) + "|" + label.group(2));
        }
        lines.add(new Labelled(label.replaceAll("$2"), expected));
      }
    }
    return lines;
  }

  private static String read() {
    try (InputStream file = PiiDetectorTest.class.getResourceAsStream("/privacy/labelled.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
