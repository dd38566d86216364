package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CallerProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of searches for memory objects. Pure. */
final class MemorySearchReader {
  private static final Set<String> OF_SEARCH = Set.of("q", "ns", "top_k", "mode", "filter");
  private static final Set<String> OF_FILTER =
      Set.of("ns", "key_prefix", "tags", "updated_after", "updated_before");
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_TEXT = 10_000;

  private MemorySearchReader() {}

  static MemorySearch read(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_SEARCH);
    String text =
        request
            .member("q")
            .map(
                value ->
                    RequestObject.unloggedText(
                        value,
                        "q",
                        words -> !words.isBlank() && words.length() <= MAX_TEXT,
                        "must be a text of 1 to " + MAX_TEXT + " characters"))
            .orElseThrow(() -> CallerProblem.invalid("q", "'q', the words to search, is missing."));
    int limit = request.member("top_k").map(MemorySearchReader::limit).orElse(DEFAULT_LIMIT);
    MemorySearch.Mode mode =
        request.member("mode").map(MemorySearchReader::mode).orElse(MemorySearch.Mode.HYBRID);
    return new MemorySearch(text, limit, filter(request), mode);
  }

  private static MemorySearch.Mode mode(JsonNode value) {
    return switch (value.asText()) {
      case "keyword" -> MemorySearch.Mode.KEYWORD;
      case "semantic" -> MemorySearch.Mode.SEMANTIC;
      case "hybrid" -> MemorySearch.Mode.HYBRID;
      default ->
          throw CallerProblem.invalid("mode", "'mode' must be one of hybrid, keyword, semantic.");
    };
  }

  private static int limit(JsonNode value) {
    int limit = value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : 0;
    if (limit < 1 || limit > MemorySearch.MAX_LIMIT) {
      throw CallerProblem.invalid(
          "top_k", "'top_k' must be a number from 1 to " + MemorySearch.MAX_LIMIT + ".");
    }
    return limit;
  }

  private static MemorySearch.Filter filter(RequestObject request) {
    Optional<String> namespace = request.member("ns").map(MemorySearchReader::namespace);
    Optional<JsonNode> written = request.member("filter");
    if (written.isEmpty()) {
      return new MemorySearch.Filter(namespace, "", List.of(), Optional.empty(), Optional.empty());
    }
    JsonNode filter = written.get();
    if (!filter.isObject()) {
      throw CallerProblem.invalid("filter", "'filter' must be an object.");
    }
    filter
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!OF_FILTER.contains(name)) {
                throw RequestObject.unknown(name, " of 'filter'", OF_FILTER);
              }
            });
    if (namespace.isPresent() && filter.hasNonNull("ns")) {
      throw CallerProblem.invalid("filter.ns", "'ns' is given twice, also in 'filter'.");
    }
    return new MemorySearch.Filter(
        namespace.or(() -> member(filter, "ns").map(MemorySearchReader::namespace)),
        member(filter, "key_prefix").map(value -> text(value, "filter.key_prefix")).orElse(""),
        member(filter, "tags").map(MemorySearchReader::tags).orElse(List.of()),
        member(filter, "updated_after").map(value -> time(value, "filter.updated_after")),
        member(filter, "updated_before").map(value -> time(value, "filter.updated_before")));
  }

  private static Optional<JsonNode> member(JsonNode filter, String name) {
    return Optional.ofNullable(filter.get(name)).filter(value -> !value.isNull());
  }

  private static String namespace(JsonNode value) {
    return MemoryPath.namespace(text(value, "ns"));
  }

  private static String text(JsonNode value, String member) {
    return RequestObject.unloggedText(
        value, member, text -> text.length() <= MemoryPath.MAX_BYTES, "must be a text");
  }

  private static List<String> tags(JsonNode value) {
    if (!value.isArray() || value.size() > 16) {
      throw CallerProblem.invalid(
          "filter.tags", "'filter.tags' must be a list of 16 texts at most.");
    }
    List<String> tags = new ArrayList<>();
    value.forEach(tag -> tags.add(text(tag, "filter.tags")));
    return tags;
  }

  private static Instant time(JsonNode value, String member) {
    try {
      return OffsetDateTime.parse(value.asText()).toInstant();
    } catch (DateTimeException e) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be a time such as 2026-11-30T09:30:00Z.");
    }
  }
}
