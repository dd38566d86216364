package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.request.ChatRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Providers are sent exact media types, however a client writes them. */
class MediaTypesTest {
  @TestFactory
  Stream<DynamicTest> anImagesTypeIsSentWithoutParametersAndUnderItsRegisteredName() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          String sent = pair.sent(image(pair.client()));
          switch (pair.dialect().name()) {
            case "anthropic" -> assertThat(sent).contains("'media_type':'image/jpeg'");
            case "gemini" -> assertThat(sent).contains("'mimeType':'image/jpeg'");
            case "bedrock" -> assertThat(sent).contains("'format':'jpeg'");
            case "ollama" -> assertThat(sent).contains("'images':['/9j/AAAA']");
            default -> assertThat(sent).contains("data:image/jpeg;base64,/9j/AAAA");
          }
          assertThat(sent).contains("/9j/AAAA");
        });
  }

  private static ChatRequest image(Client client) {
    String url = "data:image/JPG;name=a.jpg;base64,/9j/AAAA";
    String members =
        client.say(
            "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'"
                + url
                + "'}}]}]",
            "'input':[{'role':'user','content':[{'type':'input_image','image_url':'"
                + url
                + "'}]}]",
            "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64',"
                + "'media_type':'image/JPG; charset=binary','data':'/9j/AAAA'}}]}]",
            "'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'image/JPG;a=b','data':"
                + "'_9j_AAAA'}}]}]",
            "'messages':[{'role':'user','content':'x','images':['" + url + "']}]");
    return client.ask(members, false);
  }
}
