package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.media.FileNames;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI judges a file by the ending of its name, which other vendors' clients need not send. */
class FileEndingsTest {
  private static final String PDF = "JVBERi0xLjQ=";

  @TestFactory
  Stream<DynamicTest> aDocumentWithoutANameGetsOneThatShowsItsType() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.goesTo(Set.of("openai", "responses")))
            .filter(pair -> Set.of(Client.ANTHROPIC, Client.GEMINI).contains(pair.client())),
        pair -> {
          String document =
              pair.client()
                  .say(
                      "",
                      "",
                      "'messages':[{'role':'user','content':[{'type':'document','source':{'type':"
                          + "'base64','media_type':'application/pdf','data':'"
                          + PDF
                          + "'}}]}]",
                      "'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':"
                          + "'application/pdf','data':'"
                          + PDF
                          + "'}}]}]",
                      "");
          assertThat(pair.sent(pair.client().ask(document, false)))
              .contains("'filename':'file.pdf'");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'', application/pdf, file.pdf",
    "' ', text/plain, file.txt",
    "'', text/x-unknown, file.txt",
    "'', image/jpeg, file.jpeg",
    "'', application/octet-stream, file",
    "report, application/pdf, report.pdf",
    "report.v2, application/pdf, report.v2.pdf",
    "T.x, text/plain, T.x.txt",
    "pdf, application/pdf, pdf.pdf",
    "Report.PDF, application/pdf, Report.PDF",
    "C# notes.pdf, application/pdf, C# notes.pdf",
    "page.htm, text/html, page.htm",
    "Main.java, text/plain, Main.java",
    "slides.key, application/x-unknown, slides.key"
  })
  void aNameKeepsAnEndingThatFitsAndGetsTheMissingOne(String name, String type, String sent) {
    assertThat(FileNames.named(Optional.of(name), type)).isEqualTo(sent);
  }
}
