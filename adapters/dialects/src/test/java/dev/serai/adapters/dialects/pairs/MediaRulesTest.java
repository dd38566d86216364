package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Images and documents between every client and every provider. */
class MediaRulesTest {
  private static final String PDF = "JVBERi0xLjQ=";
  private static final String ADDRESS = "https://example.com/w1tness.png";

  @TestFactory
  @Holds(Rule.MEDIA_ARRIVE_OR_ARE_REFUSED)
  Stream<DynamicTest> anImageInTheRequestReachesEveryProvider() {
    return Pair.each(
        pair -> {
          String sent = pair.sent(pair.client().read(Opening.of(pair.client()), false));
          assertThat(sent).contains(Opening.PICTURE);
          assertThat(sent.contains("image/png") || sent.contains("'format':'png'"))
              .isEqualTo(!pair.goesTo(Set.of("ollama")));
        });
  }

  @TestFactory
  @Holds(Rule.MEDIA_ARRIVE_OR_ARE_REFUSED)
  Stream<DynamicTest> addressesAndDocumentsReachTheProviderOrAreRefusedInClearWords() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() != Client.OLLAMA),
        pair -> {
          for (String media : List.of(address(pair.client()), document(pair.client()))) {
            ChatRequest request = pair.client().ask(media, false);
            try {
              String sent = pair.sent(request);
              assertThat(sent.contains(PDF) || sent.contains(ADDRESS)).as(media).isTrue();
            } catch (CallerProblem refused) {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.message()).isNotBlank();
            }
          }
        });
  }

  /** Other gateways take a PDF or audio where an image is expected, and their clients send it. */
  @TestFactory
  @Holds(Rule.MEDIA_ARRIVE_OR_ARE_REFUSED)
  Stream<DynamicTest> aDocumentInThePlaceOfAnImageIsADocument() {
    Map<String, String> forms =
        Map.of(
            "openai", "'type':'file','file':{'filename':'file.pdf',",
            "responses", "'type':'input_file','filename':'file.pdf',",
            "anthropic",
                "'type':'document','source':{'type':'base64','media_type':'application/pdf'",
            "bedrock", "'document':{'format':'pdf'",
            "gemini", "'inlineData':{'mimeType':'application/pdf'");
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() != Client.GEMINI && !pair.same())
            .filter(pair -> forms.containsKey(pair.dialect().name())),
        pair ->
            assertThat(pair.sent(inPlaceOfAnImage(pair.client(), "application/pdf", PDF)))
                .contains(forms.get(pair.dialect().name()), PDF));
  }

  @TestFactory
  @Holds(Rule.MEDIA_ARRIVE_OR_ARE_REFUSED)
  Stream<DynamicTest> audioInThePlaceOfAnImageIsAudio() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() != Client.GEMINI && !pair.same())
            .filter(pair -> pair.goesTo(Set.of("openai", "bedrock", "gemini"))),
        pair ->
            assertThat(pair.sent(inPlaceOfAnImage(pair.client(), "audio/mpeg", "SUQz")))
                .containsAnyOf("'format':'mp3'", "'mimeType':'audio/mp3'"));
  }

  private static ChatRequest inPlaceOfAnImage(Client client, String type, String data) {
    String url = "data:" + type + ";base64," + data;
    String part =
        client.say(
            "{'type':'image_url','image_url':{'url':'" + url + "'}}",
            "{'type':'input_image','image_url':'" + url + "'}",
            "{'type':'image','source':{'type':'base64','media_type':'"
                + type
                + "','data':'"
                + data
                + "'}}",
            "",
            "");
    return client.ask(
        client == Client.OLLAMA
            ? "'messages':[{'role':'user','content':'q','images':['" + url + "']}]"
            : said(client, part),
        false);
  }

  @TestFactory
  @Holds(Rule.MEDIA_ARRIVE_OR_ARE_REFUSED)
  Stream<DynamicTest> aDocumentOfTextKeepsItsNameOrItIsSaid() {
    String notes = "'filename':'notes.txt','file_data':'data:text/plain;base64,aGVsbG8='";
    return Pair.each(
        Pair.all()
            .filter(pair -> !Set.of(Client.GEMINI, Client.OLLAMA).contains(pair.client()))
            .filter(pair -> !pair.same()),
        pair -> {
          Client client = pair.client();
          String part =
              client.say(
                  "{'type':'file','file':{" + notes + "}}",
                  "{'type':'input_file'," + notes + "}",
                  "{'type':'document','title':'notes.txt','source':{'type':'text','media_type':"
                      + "'text/plain','data':'hello'}}",
                  "",
                  "");
          ProviderRequest written = pair.write(client.ask(said(client, part), false));
          assertThat(Pair.text(written)).containsAnyOf("hello", "aGVsbG8=");
          assertThat(
                  Pair.text(written).contains("notes")
                      || written.dropped().contains("messages.content.filename"))
              .isTrue();
        });
  }

  private static String address(Client client) {
    return said(
        client,
        client.say(
            "{'type':'image_url','image_url':{'url':'" + ADDRESS + "'}}",
            "{'type':'input_image','image_url':'" + ADDRESS + "'}",
            "{'type':'image','source':{'type':'url','url':'" + ADDRESS + "'}}",
            "{'fileData':{'mimeType':'image/png','fileUri':'" + ADDRESS + "'}}",
            ""));
  }

  private static String document(Client client) {
    String url = "'data:application/pdf;base64," + PDF + "'";
    return said(
        client,
        client.say(
            "{'type':'file','file':{'filename':'a.pdf','file_data':" + url + "}}",
            "{'type':'input_file','filename':'a.pdf','file_data':" + url + "}",
            "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'"
                + PDF
                + "'}}",
            "{'inlineData':{'mimeType':'application/pdf','data':'" + PDF + "'}}",
            ""));
  }

  private static String said(Client client, String part) {
    String message = "'messages':[{'role':'user','content':[{'type':'text','text':'what?'}," + part;
    return client.say(
        message + "]}]",
        "'input':[{'role':'user','content':[{'type':'input_text','text':'what?'}," + part + "]}]",
        message + "]}]",
        "'contents':[{'role':'user','parts':[{'text':'what?'}," + part + "]}]",
        "");
  }
}
