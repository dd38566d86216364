package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.ImageGenerated;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Images that a model generated, between every provider that returns them and every client. */
class GeneratedImagesTest {
  private static final String RECORDING = "picture";
  private static final Set<Client> SEEING =
      Set.of(Client.OPENAI, Client.RESPONSES, Client.GEMINI, Client.OLLAMA);

  private static final ImagePart MADE =
      new ImagePart(new InlineSource("image/png", "iVBORw0KGgo="), Optional.empty());

  private static Path respond(Dialect dialect) {
    return Cassettes.folder(dialect.name(), "answers").resolve(RECORDING + ".json");
  }

  /** The others' surfaces say that they have no place for it, so that it is named. */
  @TestFactory
  Stream<DynamicTest> anImageReachesEveryClientThatSupportsImagesInResponses() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same() && Files.exists(respond(pair.dialect()))),
        pair -> {
          ChatRequest request = pair.client().hello(false);
          pair.write(request);
          byte[] recorded = Cassettes.bytes(respond(pair.dialect()));
          byte[] told = pair.answered(request, recorded, pair.target());
          Dialect own = pair.client().dialect();
          ChatResponse heard =
              own.readResponse(pair.client().hello(false), told, Pair.target(own, "serai"));
          assertThat(heard.choices().getFirst().text()).contains("Here:");
          boolean seen = heard.choices().getFirst().parts().contains(MADE);
          assertThat(seen).isEqualTo(SEEING.contains(pair.client()));
          assertThat(pair.client().surface().canWriteImage(request, MADE)).isEqualTo(seen);
        });
  }

  @TestFactory
  Stream<DynamicTest> anImageInAStreamReachesThemToo() {
    return Recordings.each(
        RECORDING,
        pair -> {
          Said heard = Recordings.heard(pair, RECORDING);
          List<ImagePart> seen =
              heard.all(ImageGenerated.class).stream().map(ImageGenerated::image).toList();
          assertThat(seen).isEqualTo(SEEING.contains(pair.client()) ? List.of(MADE) : List.of());
          assertThat(heard.all(Ended.class)).hasSize(1);
        });
  }

  @Test
  void theEventsOfAnImageAreThoseOfTheToolThatMakesImages() {
    byte[] told =
        new Pair(Client.RESPONSES, new GeminiDialect())
            .rendered(
                Client.RESPONSES.hello(true),
                List.of(
                    new ChatEvent.Started("x", "m", 1),
                    new ChatEvent.TextDelta(0, "Here:"),
                    new ImageGenerated(0, MADE),
                    new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.STOP, "stop")),
                    new Ended()));
    List<String> types =
        new String(told, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("event: "))
            .map(line -> line.substring("event: ".length()))
            .toList();
    assertThat(types)
        .containsSubsequence(
            "response.output_item.done",
            "response.output_item.added",
            "response.image_generation_call.in_progress",
            "response.image_generation_call.generating",
            "response.image_generation_call.completed",
            "response.output_item.done",
            "response.completed");
    JsonNode item = Gathered.of(Client.RESPONSES, told).at("/output/1");
    assertThat(item.path("id").asText()).startsWith("ig_");
    assertThat(item.path("type").asText()).isEqualTo("image_generation_call");
    assertThat(item.path("status").asText()).isEqualTo("completed");
    assertThat(item.path("output_format").asText()).isEqualTo("png");
    assertThat(item.path("result").asText()).isEqualTo("iVBORw0KGgo=");
  }

  /** Most providers accept no images of the assistant. */
  @TestFactory
  Stream<DynamicTest> anImageThatTheClientSendsBackIsForwardedOrNamed() {
    return Pair.each(
        Pair.all().filter(pair -> SEEING.contains(pair.client()) && !pair.same()),
        pair -> {
          Client client = pair.client();
          String url = "'data:image/png;base64," + Opening.PICTURE + "'";
          String before = "'messages':[{'role':'user','content':'a dot'},{'role':'assistant',";
          String after = "},{'role':'user','content':'bigger'}]";
          String image = "'images':[{'type':'image_url','image_url':{'url':" + url + "}}]";
          String request =
              client.say(
                  before + "'content':'Here:'," + image + after,
                  "'input':[{'role':'user','content':'a dot'},{'role':'assistant','content':'Here:'},"
                      + "{'type':'image_generation_call','id':'ig_1','status':'completed',"
                      + "'result':'"
                      + Opening.PICTURE
                      + "'},{'role':'user','content':'bigger'}]",
                  "",
                  "'contents':[{'role':'user','parts':[{'text':'a dot'}]},{'role':'model','parts':"
                      + "[{'text':'Here:'},{'inlineData':{'mimeType':'image/png','data':'"
                      + Opening.PICTURE
                      + "'}}]},{'role':'user','parts':[{'text':'bigger'}]}]",
                  before + "'content':'Here:','images':['" + Opening.PICTURE + "']" + after);
          ProviderRequest written = pair.write(client.ask(request, false));
          assertThat(Pair.text(written)).contains("Here:", "bigger");
          if (client == Client.RESPONSES) {
            assertThat(Pair.text(written)).doesNotContain(Opening.PICTURE);
            assertThat(written.dropped()).contains("input.image_generation_call");
            return;
          }
          assertThat(Pair.text(written).contains(Opening.PICTURE))
              .isEqualTo(pair.goesTo(Set.of("gemini", "ollama")))
              .isEqualTo(!written.dropped().contains("messages.content"));
        });
  }
}
