package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads lists of models: an array, or an object with the array as {@code data} or {@code models},
 * of objects with the name as {@code id} or {@code name}. Stateless.
 */
public final class ModelList {
  /** The largest number of names per provider. */
  public static final int MAX_NAMES = 5_000;

  private static final int MAX_NAME_LENGTH = 256;

  private ModelList() {}

  /** A list in one reply. */
  private record Whole(ProviderRequest request, Destination destination) implements ModelQuery {
    @Override
    public Outcome read(byte[] body) {
      return new Outcome.Complete(ModelList.read(body, destination));
    }
  }

  /** A query with one request. */
  public static ModelQuery query(String path, HeaderFields headers, Destination destination) {
    return new Whole(request(path, headers), destination);
  }

  /** A request for a list. */
  public static ProviderRequest request(String path, HeaderFields headers) {
    headers.add("accept", "application/json");
    return ProviderRequest.get(path, headers);
  }

  /**
   * Reads a list: at most 5,000 names, without those that a request cannot hold.
   *
   * @throws ProviderProblem MALFORMED if it is none
   */
  static List<String> read(byte[] body, Destination destination) {
    JsonNode root = tree(body, destination);
    JsonNode list = root.path("data").isArray() ? root.path("data") : root.path("models");
    list = root.isArray() ? root : list;
    if (!list.isArray()) {
      throw ProviderProblems.malformed(destination, "something that is not a list of models");
    }
    return names(list);
  }

  private static List<String> names(JsonNode list) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode model : list) {
      String name = model.path("id").asText(model.path("name").asText(""));
      if (isName(name) && names.size() < MAX_NAMES) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  /**
   * Parses a list of models.
   *
   * @throws ProviderProblem MALFORMED if it cannot be read
   */
  public static JsonNode tree(byte[] body, Destination destination) {
    try {
      return StrictJson.tree(body);
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a list of models that cannot be read");
    }
  }

  /** Whether a request can hold this name. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= MAX_NAME_LENGTH
        && name.chars().noneMatch(Character::isISOControl);
  }
}
