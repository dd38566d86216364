package dev.serai.core.http.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormScannerTest {
  private static final String TYPE = "multipart/form-data; boundary=\"b-1\"";

  /** Contains what looks like a delimiter, or the beginning of one. */
  private static final String SOUND =
      "\0\u00ff\r\n--b-\r\r\n--b\r\n--\r\nname=\"model\"\r\n\r\nx\r\n-";

  private static String part(String name, String content) {
    return "--b-1\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private static final String FORM =
      part("file\"; filename=\"a; name=model.wav", SOUND)
          + part("model", "whisper-1")
          + "--b-1--\r\n";

  private static FormScanner scanner(String type) {
    return new FormScanner(type, Set.of("model", "stream"), Set.of("model"));
  }

  private static FormScanner read(String form, int size) {
    FormScanner scanner = scanner(TYPE);
    byte[] bytes = form.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; at += size) {
      scanner.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return scanner;
  }

  @Test
  void aPartIsFoundWhereverTheFormIsCut() {
    for (int size = 1; size <= FORM.length(); size++) {
      FormScanner scanner = read(FORM, size);
      FormScanner.Part model = scanner.find("model").orElseThrow();
      assertThat(model.text()).as("pieces of %d bytes", size).isEqualTo("whisper-1");
      assertThat(model.from()).isEqualTo(FORM.indexOf("whisper-1"));
      assertThat(model.to()).isEqualTo(FORM.indexOf("whisper-1") + 9);
      assertThat(scanner.faultAtEnd()).isEmpty();
      assertThat(scanner.find("file")).isEmpty();
    }
  }

  @Test
  void aFormIsReadyWhenItsModelHasArrived() {
    String before = part("language", "en") + part("model", "whisper-1");
    FormScanner scanner = scanner(TYPE);
    byte[] bytes = (before + "--b-1").getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(scanner.isReady()).as("after %d bytes", i).isFalse();
      scanner.read(new byte[] {bytes[i]});
    }
    assertThat(scanner.isReady()).isTrue();
    assertThat(scanner.fault()).isEmpty();
  }

  @Test
  void aPreambleIsPassedOver() {
    assertThat(read("hello\r\n" + FORM, 7).find("model")).isPresent();
    assertThat(read("hello" + FORM, 7).faultAtEnd()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "stream"})
  void aWantedPartThatIsThereTwiceIsAmbiguous(String name) {
    FormScanner scanner = read(part(name, "a") + part("x", "") + part(name, "b") + "--b-1--", 5);
    assertThat(scanner.isReady()).isTrue();
    assertThat(scanner.fault().orElseThrow().message())
        .isEqualTo("The form has more than one '" + name + "'.");
  }

  @Test
  void aWantedPartIsKeptUpToItsLimit() {
    String longest = "x".repeat(FormScanner.MAX_TEXT);
    assertThat(read(part("model", longest) + "--b-1--", 100).find("model").orElseThrow().text())
        .isEqualTo(longest);
    assertThat(read(part("model", longest + "x") + "--b-1--", 100).fault()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data;"
        + " boundary=01234567890123456789012345678901234567890123456789012345678901234567890"
  })
  void aFormWithoutAUsableBoundaryIsMalformed(String type) {
    FormScanner scanner = scanner(type);
    scanner.read(FORM.getBytes(ISO_8859_1));
    assertThat(scanner.isReady()).isTrue();
    assertThat(scanner.fault()).isPresent();
  }

  @Test
  void whatIsOverALimitOrCutOffIsRefusedWithTheLimitAndItsValue() {
    assertThat(fault("--b-1\r\nx: " + "x".repeat(3_000_000)))
        .isEqualTo("The header fields of a part of the form are over the limit of 8192 bytes.");
    assertThat(fault(part("x", "").repeat(60_000)))
        .isEqualTo("The form has more parts than the limit of 256.");
    assertThat(fault(part("model", "x".repeat(3_000)) + "--b-1--"))
        .isEqualTo("The form's 'model' is over the limit of 2048 bytes.");
    assertThat(fault(FORM.substring(0, FORM.length() - 6)))
        .startsWith("The form ends before its last delimiter");
    assertThat(scanner("multipart/form-data").fault().orElseThrow().message())
        .contains("no boundary of 1 to 70 characters");
  }

  private static String fault(String form) {
    return read(form, 1000).faultAtEnd().orElseThrow().message();
  }
}
