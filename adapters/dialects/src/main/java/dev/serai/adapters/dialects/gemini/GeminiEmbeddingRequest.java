package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.request.ParsedRequest;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.EmbeddingRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A request for embeddings of a client of Gemini: {@code embedContent} for one content, or {@code
 * batchEmbedContents} with a list of such requests (ai.google.dev/api/embeddings). Immutable.
 *
 * <p>Each request of a batch has settings of its own, and other dialects have one for all: a length
 * that differs is refused, and any other setting that differs is unknown under {@code requests}.
 */
final class GeminiEmbeddingRequest extends ParsedRequest implements EmbeddingRequest {
  /** The verb of a batch. */
  static final String BATCH = "batchEmbedContents";

  /** The verb of one content. */
  static final String ONE = "embedContent";

  private static final String REQUESTS = "requests";
  private static final String CONTENT = "content";
  private static final String MODEL = "model";
  private static final String LENGTH = "outputDimensionality";

  /** Newer requests have the settings in an object of their own. */
  private static final String CONFIG = "embedContentConfig";

  private static final Set<String> READ = Set.of(MODEL, CONTENT, LENGTH);
  private static final int MAX_INPUTS = 4096;

  private final boolean batch;

  private GeminiEmbeddingRequest(JsonMembers members, ModelPath path) {
    super(members, path.model());
    this.batch = path.verb().equals(BATCH);
  }

  /**
   * Reads a request.
   *
   * @throws CallerProblem 400 if it has nothing to embed
   */
  static GeminiEmbeddingRequest read(byte[] body, ModelPath path) {
    JsonMembers members = JsonMembers.ofRequest(body);
    GeminiEmbeddingRequest request = new GeminiEmbeddingRequest(members, path);
    String name = request.batch ? REQUESTS : CONTENT;
    int place = members.find(name);
    if (place < 0 || members.kind(place) != (request.batch ? '[' : '{') || members.isEmpty(place)) {
      throw RequestFields.wrong(
          name, request.batch ? "an array of 1 to " + MAX_INPUTS + " requests" : "a content");
    }
    return request;
  }

  /** Whether it is a list of requests, and its response a list of embeddings. */
  boolean batch() {
    return batch;
  }

  @Override
  public String dialect() {
    return GeminiDialect.NAME;
  }

  private List<ProtoFields> requests() {
    ProtoFields root = new ProtoFields(RequestFields.of(bytes()));
    List<ProtoFields> requests = batch ? root.objects(REQUESTS) : List.of(root);
    if (requests.size() > MAX_INPUTS) {
      throw RequestFields.wrong(REQUESTS, "an array of 1 to " + MAX_INPUTS + " requests");
    }
    return requests;
  }

  /**
   * The texts; several parts of a content are joined by line feeds.
   *
   * @throws CallerProblem 400 if a content has anything else
   */
  @Override
  public List<Input> inputs() {
    List<Input> inputs = new ArrayList<>();
    for (ProtoFields request : requests()) {
      List<ProtoFields> parts = parts(request);
      List<String> texts = texts(parts);
      if (parts.isEmpty() || texts.size() < parts.size()) {
        String path = request.pathOf(CONTENT);
        throw CallerProblem.invalid(
            path, "'" + path + "' must have parts with text: this provider embeds nothing else.");
      }
      inputs.add(new Text(String.join("\n", texts)));
    }
    return inputs;
  }

  private static List<ProtoFields> parts(ProtoFields request) {
    return request
        .object(CONTENT)
        .map(content -> content.objects("parts"))
        .orElseThrow(() -> RequestFields.wrong(request.pathOf(CONTENT), "a content"));
  }

  private static List<String> texts(List<ProtoFields> parts) {
    List<String> texts = new ArrayList<>(parts.size());
    parts.forEach(part -> part.text("text").ifPresent(texts::add));
    return texts;
  }

  /** Those of the texts: how many tokens an image has is not known. */
  @Override
  public long tokens(ToLongFunction<String> ofText) {
    return requests().stream()
        .flatMap(request -> texts(parts(request)).stream())
        .mapToLong(ofText)
        .sum();
  }

  @Override
  public OptionalInt dimensions() {
    Set<Integer> lengths = new TreeSet<>();
    for (ProtoFields request : requests()) {
      OptionalInt own = request.count(LENGTH);
      OptionalInt length =
          own.isPresent()
              ? own
              : request.object(CONFIG).map(set -> set.count(LENGTH)).orElse(OptionalInt.empty());
      lengths.add(length.orElse(0));
    }
    if (lengths.size() > 1) {
      throw CallerProblem.invalid(
          REQUESTS, "All requests of a batch must have the same '" + LENGTH + "' here.");
    }
    int only = lengths.stream().findFirst().orElse(0);
    return only > 0 ? OptionalInt.of(only) : OptionalInt.empty();
  }

  @Override
  public Map<String, String> unknown() {
    List<Map<String, String>> all = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (ProtoFields request : requests()) {
      Map<String, String> settings = settings(request.fields().node());
      names.addAll(settings.keySet());
      all.add(settings);
    }
    Map<String, String> unknown = new LinkedHashMap<>();
    for (String name : names) {
      List<String> values =
          all.stream().map(settings -> settings.getOrDefault(name, "")).distinct().toList();
      String last = values.getLast();
      unknown.put(
          values.size() == 1 ? name : REQUESTS + "." + name,
          last.isEmpty() ? values.getFirst() : last);
    }
    return unknown;
  }

  /** JSON by the name in camel case. */
  private static Map<String, String> settings(JsonNode request) {
    Map<String, String> settings = new LinkedHashMap<>();
    request
        .properties()
        .forEach(
            member -> {
              String name = ProtoFields.camel(member.getKey());
              if (name.equals(CONFIG) && member.getValue().isObject()) {
                settings(member.getValue()).forEach(settings::putIfAbsent);
              } else if (!READ.contains(name) && !member.getValue().isNull()) {
                settings.put(name, member.getValue().toString());
              }
            });
    return settings;
  }

  /**
   * The bytes for a provider of the same dialect: every request names the model at the provider.
   */
  byte[] withModel(String resource) {
    JsonSplice splice = new JsonSplice(bytes());
    byte[] name = JsonWriter.quoted(resource);
    for (int place = 0; place < members().size(); place++) {
      if (members().name(place).equals(MODEL)) {
        splice.replace(members().valueStart(place), members().valueEnd(place), name);
      } else if (batch && members().name(place).equals(REQUESTS)) {
        eachWithModel(members().valueStart(place), members().valueEnd(place), name, splice);
      }
    }
    return splice.apply();
  }

  private void eachWithModel(int from, int to, byte[] name, JsonSplice splice) {
    JsonCursor cursor = new JsonCursor().over(bytes(), from, to);
    cursor.enterArray();
    while (cursor.nextElement()) {
      int start = cursor.offset();
      if (cursor.peek() != '{') {
        throw RequestFields.wrong(REQUESTS, "an array of requests");
      }
      JsonMembers request = JsonMembers.read(bytes(), cursor);
      int model = request.find(MODEL);
      if (model >= 0) {
        splice.replace(request.valueStart(model), request.valueEnd(model), name);
      } else {
        String first = "\"model\":" + new String(name, StandardCharsets.UTF_8);
        String text = request.size() == 0 ? first : first + ",";
        splice.insert(start + 1, text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
