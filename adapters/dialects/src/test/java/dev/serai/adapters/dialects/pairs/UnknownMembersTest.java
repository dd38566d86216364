package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An unknown member, anywhere in a request, reaches the provider or is named. */
class UnknownMembersTest {
  private static final Path REQUESTS = Cassettes.folder("requests");
  private static final Path MESSAGES = Cassettes.folder("messages");
  private static final Set<String> SCHEMAS =
      Set.of("parameters", "schema", "input_schema", "responseSchema", "responseJsonSchema");
  private static final long SEED = 20_261_128;

  @TestFactory
  Stream<DynamicTest> anUnknownMemberIsCarriedOrNamedAtEveryDepth() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          for (byte[] request : requests(pair.client())) {
            check(request, body -> pair.client().read(body, false), pair.dialect());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> soIsOneOfTheOlderCompletions() {
    CompletionSurface surface = new CompletionSurface(() -> Instant.ofEpochSecond(1));
    byte[] request =
        Pair.bytes(
            "{'model':'m','prompt':'hi','stream_options':{'include_usage':true},'logit_bias':{}}");
    return Pair.DIALECTS.stream()
        .map(
            dialect ->
                DynamicTest.dynamicTest(
                    dialect.name(),
                    () ->
                        check(
                            request,
                            body -> surface.readRequest(Inbound.post("/v1/completions", body)),
                            dialect)));
  }

  private static List<byte[]> requests(Client client) {
    List<byte[]> requests = new ArrayList<>(client.conversations());
    requests.add(client.ask(client.user("hi") + "," + Nested.of(client), false).bytes());
    if (client == Client.OPENAI) {
      requests.addAll(recorded(REQUESTS));
    } else if (client == Client.ANTHROPIC) {
      requests.addAll(recorded(MESSAGES));
    }
    return requests;
  }

  private static List<byte[]> recorded(Path folder) {
    return Cassettes.names(folder, ".json").stream()
        .map(name -> Cassettes.bytes(folder.resolve(name + ".json")))
        .toList();
  }

  private static void check(
      byte[] request, Function<byte[], ChatRequest> surface, Dialect dialect) {
    if (isRefused(request, surface, dialect)) {
      return; // it says what this provider cannot take, with or without a member more
    }
    Random random = new Random(SEED);
    int objects = objects(StrictJson.tree(request)).size();
    for (int i = 0; i < objects; i++) {
      JsonNode changed = StrictJson.tree(request);
      String name = "x" + Integer.toString(random.nextInt(1 << 20, 1 << 24), 36);
      Place place = objects(changed).get(i);
      add(place.object(), name, random.nextInt(4));
      byte[] body = changed.toString().getBytes(StandardCharsets.UTF_8);
      ProviderRequest written =
          dialect.writeRequest(surface.apply(body), Pair.target(dialect, "acme"));
      boolean carried = new String(written.body(), StandardCharsets.UTF_8).contains(name);
      boolean named =
          written.dropped().stream().anyMatch(path -> path.contains(name) || place.isIn(path));
      assertThat(carried || named).as("%s in %s", name, changed).isTrue();
    }
  }

  private static boolean isRefused(
      byte[] request, Function<byte[], ChatRequest> surface, Dialect dialect) {
    try {
      dialect.writeRequest(surface.apply(request), Pair.target(dialect, "acme"));
      return false;
    } catch (CallerProblem refused) {
      return true;
    }
  }

  private static void add(ObjectNode object, String name, int kind) {
    switch (kind) {
      case 0 -> object.put(name, "a text");
      case 1 -> object.put(name, 17);
      case 2 -> object.put(name, true);
      default -> object.putObject(name).put("inside", 1);
    }
  }

  /**
   * An object of a request.
   *
   * @param path the members that lead to it, and the types of the objects on the way and of itself
   */
  private record Place(ObjectNode object, List<String> path) {
    /** Whether a member that was named, such as messages.content.document.citations, has it. */
    boolean isIn(String named) {
      return path.contains(named.substring(named.lastIndexOf('.') + 1));
    }
  }

  private static List<Place> objects(JsonNode root) {
    List<Place> objects = new ArrayList<>();
    collect(root, List.of(), objects);
    return objects;
  }

  /** JSON Schemas are left out: what is fitted in them has tests of its own. */
  private static void collect(JsonNode node, List<String> path, List<Place> objects) {
    if (node instanceof ObjectNode object) {
      List<String> here = new ArrayList<>(path);
      here.add(object.path("type").asText());
      objects.add(new Place(object, here));
      for (var member : object.properties()) {
        if (!SCHEMAS.contains(member.getKey())) {
          List<String> inner = new ArrayList<>(here);
          inner.add(member.getKey());
          collect(member.getValue(), inner, objects);
        }
      }
    } else {
      node.forEach(inner -> collect(inner, path, objects));
    }
  }

  /** Members with objects inside that the other requests do not have. */
  private static final class Nested {
    static String of(Client client) {
      String schema = "{'type':'object','properties':{'a':{'type':'string'}}}";
      String function =
          "{'type':'function','function':{'name':'look','parameters':" + schema + "}}";
      return client.say(
          "'tools':["
              + function
              + "],'tool_choice':{'type':'function','function':{'name':'look'}},"
              + "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
              + schema
              + "}},'stream_options':{'include_usage':true}",
          "'tools':[{'type':'function','name':'look','parameters':"
              + schema
              + "},{'type':'custom','name':'free','format':{'type':'text'}}],"
              + "'tool_choice':{'type':'function','name':'look'},'reasoning':{'effort':'low'},"
              + "'text':{'format':{'type':'json_schema','name':'n','schema':"
              + schema
              + "}},'stream_options':{'include_obfuscation':false}",
          "'tools':[{'name':'look','input_schema':"
              + schema
              + ",'cache_control':{'type':'ephemeral'}}],'tool_choice':{'type':'tool','name':'look'},"
              + "'thinking':{'type':'disabled'},'metadata':{'user_id':'u'},"
              + "'output_config':{'format':{'type':'json_schema','schema':"
              + schema
              + "}}",
          "'tools':[{'functionDeclarations':[{'name':'look','parameters':"
              + schema
              + "}]}],'toolConfig':{'functionCallingConfig':{'mode':'ANY'}},"
              + "'generationConfig':{'thinkingConfig':{'thinkingBudget':2000}}",
          "'tools':[" + function + "],'options':{'temperature':0.5}");
    }
  }
}
