package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An unknown member, anywhere in a provider's reply, reaches the client or is named. */
class UnknownReplyMembersTest {
  /** What repeats the request, and the state of a provider, which is carried encoded. */
  private static final Set<String> OPAQUE =
      Set.of("tools", "text", "reasoning", "metadata", "tool_choice", "reasoning_details");

  private static final long SEED = 20_261_129;
  private static final String RECORDING = "blocks-nobody-asked-for";

  @TestFactory
  Stream<DynamicTest> anUnknownMemberIsCarriedOrNamedAtEveryDepth() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          Path responses = Cassettes.folder(pair.dialect().name(), "answers");
          int checked = 0;
          for (String name : Cassettes.names(responses, ".json")) {
            checked += check(pair, Cassettes.bytes(responses.resolve(name + ".json")));
          }
          assertThat(checked).isGreaterThan(20);
        });
  }

  /** Checks a reply with a member more, once for each object in it; returns their number. */
  private static int check(Pair pair, byte[] reply) {
    if (read(pair, reply).isEmpty()) {
      return 0;
    }
    Random random = new Random(SEED);
    int objects = objects(StrictJson.tree(reply)).size();
    for (int i = 0; i < objects; i++) {
      JsonNode changed = StrictJson.tree(reply);
      String name = "x" + Integer.toString(random.nextInt(1 << 20, 1 << 24), 36);
      Place place = objects(changed).get(i);
      add(place.object(), name, random.nextInt(5));
      Told told = read(pair, changed.toString().getBytes(UTF_8)).orElseThrow();
      boolean named =
          told.dropped().stream()
              .anyMatch(path -> path.contains(name) || place.path().contains(path));
      assertThat(told.body().contains(name) || named)
          .as("%s in %s, named %s", name, changed, told.dropped())
          .isTrue();
    }
    return objects;
  }

  /** Dialects whose streams are recorded as text: every event is checked, or the larger ones. */
  private static final Map<String, Pattern> STREAMS =
      Map.of(
          "openai", Pattern.compile("(?m)^data: (\\{.*\"choices\".*})$"),
          "gemini", Pattern.compile("(?m)^data: (\\{.*\"candidates\".*})$"),
          "ollama", Pattern.compile("(?m)^(\\{.*})$"),
          "anthropic",
              Pattern.compile(
                  "(?m)^data: (\\{.*\"(?:message_start|message_delta|content_block_start)\".*})$"),
          "responses", Pattern.compile("(?m)^data: (\\{.*\"response.completed\".*})$"));

  @TestFactory
  Stream<DynamicTest> soItIsInTheEventsOfAStream() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same() && STREAMS.containsKey(pair.dialect().name())),
        pair -> {
          String name = pair.dialect().name().equals("ollama") ? "text" : RECORDING;
          String recorded = new String(Recordings.wire(pair.dialect(), name), UTF_8);
          Matcher events = STREAMS.get(pair.dialect().name()).matcher(recorded);
          int checked = 0;
          while (events.find()) {
            int objects = objects(StrictJson.tree(events.group(1).getBytes(UTF_8))).size();
            for (int i = 0; i < objects; i++, checked++) {
              JsonNode changed = StrictJson.tree(events.group(1).getBytes(UTF_8));
              Place place = objects(changed).get(i);
              // An annotation in the last event repeats one of an earlier event.
              boolean repeats = place.path().getLast().contains("annotations");
              if (!place.object().has("sequence_number") && !repeats) {
                place.object().put("xyz", 17);
              }
              String stream =
                  recorded.substring(0, events.start(1))
                      + changed
                      + recorded.substring(events.end(1));
              checkStream(pair, stream, place);
            }
          }
          assertThat(checked).isPositive();
        });
  }

  private static void checkStream(Pair pair, String stream, Place place) {
    ChatRequest request = Recordings.asking(pair);
    pair.write(request);
    List<ChatEvent> events = pair.heard(request, List.of(stream.getBytes(UTF_8)));
    boolean carried = new String(pair.rendered(request, events), UTF_8).contains("xyz");
    boolean added = place.object().has("xyz");
    boolean reported =
        events.stream()
            .filter(ChatEvent.Dropped.class::isInstance)
            .map(event -> ((ChatEvent.Dropped) event).name())
            .anyMatch(name -> name.contains("xyz") || inNames(place, name));
    assertThat(carried || reported || !added).as(stream).isTrue();
  }

  /** In a stream, the first names are those of the event: the last one tells. */
  private static boolean inNames(Place place, String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return place.path().stream().anyMatch(path -> List.of(path.split("\\.")).contains(last));
  }

  private record Told(String body, List<String> dropped) {}

  /** What the client receives; empty if the reply is an error or malformed. */
  private static Optional<Told> read(Pair pair, byte[] reply) {
    ChatRequest request = pair.client().hello(false);
    try {
      ChatResponse response = pair.dialect().readResponse(request, reply, pair.target());
      byte[] body = pair.client().surface().writeResponse(request, response);
      return Optional.of(new Told(new String(body, UTF_8), response.dropped()));
    } catch (GatewayProblem problem) {
      return Optional.empty();
    }
  }

  private static void add(ObjectNode object, String name, int kind) {
    switch (kind) {
      case 0 -> object.put(name, "a text");
      case 1 -> object.put(name, 17);
      case 2 -> object.put(name, 0.5);
      case 3 -> object.putArray(name).add(1);
      default -> object.putObject(name).put("inside", 1);
    }
  }

  /**
   * An object of a reply.
   *
   * @param path what it may be named as a whole: itself, or one that it is in
   */
  private record Place(ObjectNode object, List<String> path) {}

  private static List<Place> objects(JsonNode root) {
    List<Place> objects = new ArrayList<>();
    collect(root, "", List.of(), objects);
    return objects;
  }

  private static void collect(JsonNode node, String path, List<String> above, List<Place> objects) {
    if (!(node instanceof ObjectNode object)) {
      node.forEach(inner -> collect(inner, path, above, objects));
      return;
    }
    List<String> names = new ArrayList<>(above);
    names.add(path);
    names.add(inside(path, object.path("type").asText("")));
    objects.add(new Place(object, names));
    for (var member : object.properties()) {
      if (!OPAQUE.contains(member.getKey()) || !member.getValue().isContainerNode()) {
        collect(member.getValue(), inside(path, member.getKey()), names, objects);
      }
    }
  }

  private static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
