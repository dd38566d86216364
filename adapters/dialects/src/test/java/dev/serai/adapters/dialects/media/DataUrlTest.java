package dev.serai.adapters.dialects.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.UrlSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataUrlTest {
  private static final String PNG = "iVBORw0KGgo=";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/png;base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:image/png;name=a.png;base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:image/png;name=\"a;b.png\";base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:image/png;name=\"a;b,c.png\";base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:image/png;name=\"a.png;base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:image/png;charset=utf-8;name=a.png; base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "DATA:IMAGE/JPG;BASE64,/9j/ | image/jpeg | /9j/",
        "data:;base64,iVBORw0KGgo= | image/png | iVBORw0KGgo=",
        "data:;base64,JVBERi0xLjQ= | application/pdf | JVBERi0xLjQ=",
        "data:image/png;base64,iVBORw0KGgo%3D | image/png | iVBORw0KGgo=",
        "data:image/png;base64,_9j-_w== | image/png | /9j+/w==",
        "data:;base64,aGVsbG8= | text/plain | aGVsbG8=",
        "data:,hello%20world | text/plain | aGVsbG8gd29ybGQ=",
        "data:text/plain;charset=utf-8,100% | text/plain | MTAwJQ==",
        "data:;charset=utf-8,hi | text/plain | aGk=",
        "data:text/csv;charset=iso-8859-1,%E4 | text/csv | w6Q=",
        "data:image/svg+xml;utf8,<svg/> | image/svg+xml | PHN2Zy8+",
      })
  void aDataUrlIsReadWithItsParameters(String url, String type, String base64) {
    assertThat(DataUrl.read(url)).isEqualTo(new InlineSource(type, base64));
  }

  @Test
  void spaceAroundADataUrlMeansNothing() {
    assertThat(DataUrl.read(" \ndata:image/png;base64," + PNG + "\n"))
        .isEqualTo(new InlineSource("image/png", PNG));
  }

  @Test
  void anyOtherUrlIsRemote() {
    assertThat(DataUrl.read("https://acme.test/a,b.png"))
        .isEqualTo(new UrlSource("https://acme.test/a,b.png"));
  }

  @ParameterizedTest
  @CsvSource({
    "image/JPG, image/jpeg",
    "image/jpeg; charset=binary, image/jpeg",
    "' image/png ', image/png",
    "png, image/png",
    "application/x-pdf, application/pdf",
    "'text/plain;charset=UTF-8', text/plain"
  })
  void aMediaTypeOfItsOwnIsReadInTheSameWay(String sent, String type) {
    assertThat(InlineMedia.of(sent, "QUJD", Optional.empty()).mediaType()).isEqualTo(type);
  }

  @Test
  void aMissingTypeIsThatOfTheDataThenOfTheFileName() {
    assertThat(InlineMedia.of("", PNG, Optional.of("a.pdf")).mediaType()).isEqualTo("image/png");
    assertThat(InlineMedia.of("application/octet-stream", "AAEC", Optional.of("A.PDF")).mediaType())
        .isEqualTo("application/pdf");
    assertThat(InlineMedia.of("", "AAEC", Optional.empty()).mediaType())
        .isEqualTo(InlineMedia.UNKNOWN_TYPE);
  }

  @Test
  void aFileHasTheNameOfItsUrlUnlessItWasGivenOne() {
    FilePart file =
        DataUrl.file(
            "data:application/pdf;name=my%20report.pdf;base64,JVBERi0=",
            Optional.empty(), Optional.empty());
    assertThat(file.filename()).contains("my report.pdf");
    assertThat(file.source()).isEqualTo(new InlineSource("application/pdf", "JVBERi0="));
    assertThat(
            DataUrl.file(
                    "data:application/pdf;name=b;base64,AA==", Optional.of("a"), Optional.empty())
                .filename())
        .contains("a");
  }

  @ParameterizedTest
  @CsvSource({"audio/wav, wav", "audio/x-wav;rate=8000, wav", "WAV, wav", "audio/mpeg, mp3"})
  void audioHasOneNameForItsFormat(String sent, String format) {
    assertThat(InlineMedia.audioFormat(sent)).isEqualTo(format);
  }

  @Test
  void aLongDataUrlIsReadAsItIs() {
    String data =
        Base64.getEncoder().encodeToString("x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
    assertThat(DataUrl.read("data:image/webp;base64," + data))
        .isEqualTo(new InlineSource("image/webp", data));
  }
}
