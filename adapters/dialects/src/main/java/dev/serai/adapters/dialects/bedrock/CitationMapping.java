package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps citations of Converse to those of Anthropic's Messages and back: Claude makes both
 * ("Citation", Amazon Bedrock API Reference; platform.claude.com/docs, Citations). Pure.
 */
final class CitationMapping {
  /** The places in a document or in a search result, in both forms. */
  private static final List<Place> PLACES =
      List.of(
          new Place("documentChar", "documentIndex", "char_location", "document", "char_index"),
          new Place("documentPage", "documentIndex", "page_location", "document", "page_number"),
          new Place(
              "documentChunk",
              "documentIndex",
              "content_block_location",
              "document",
              "block_index"),
          new Place(
              "searchResultLocation",
              "searchResultIndex",
              "search_result_location",
              "search_result",
              "block_index"));

  private static final Set<String> MEMBERS = Set.of("title", "source", "sourceContent", "location");
  private static final Set<String> TEXT = Set.of("text");
  private static final Set<String> OF_PLACE =
      Set.of("documentIndex", "searchResultIndex", "start", "end", "url", "domain");

  private static final String WEB = "web_search_result_location";
  private static final Set<String> OF_WEB = Set.of("type", "url", "title", "cited_text");

  private CitationMapping() {}

  /**
   * A kind of place.
   *
   * @param of the prefix of the index in Messages
   * @param unit the suffix of its beginning and its end
   */
  private record Place(String location, String index, String type, String of, String unit) {
    boolean isResult() {
      return of.equals("search_result");
    }

    /** What a citation of such a place says in Messages, and in Converse too. */
    Set<String> members() {
      return Set.of(
          "type",
          "cited_text",
          "source",
          isResult() ? "title" : "document_title",
          of + "_index",
          "start_" + unit,
          "end_" + unit);
    }
  }

  /** The form of Messages; empty for a location that it does not have. */
  static Optional<String> toMessages(JsonNode citation) {
    JsonNode location = citation.path("location");
    JsonWriter out = new JsonWriter(256).beginObject();
    JsonNode web = location.path("web");
    if (web.has("url")) {
      about(out, WEB, citation);
      out.member("url", web.path("url").asText("")).member("encrypted_index", "");
      out.member("title", citation.path("title").asText(web.path("domain").asText("")));
      return text(out);
    }
    for (Place place : PLACES) {
      JsonNode at = location.path(place.location());
      if (at.isObject()) {
        about(out, place.type(), citation);
        out.member(place.of() + "_index", at.path(place.index()).asLong());
        titles(out, place, citation);
        out.member("start_" + place.unit(), at.path("start").asLong());
        out.member("end_" + place.unit(), at.path("end").asLong());
        return text(out);
      }
    }
    return Optional.empty();
  }

  /** Whether the form of Messages has a place for every member of the citation. */
  static boolean isWhole(JsonNode citation) {
    boolean whole = MEMBERS.containsAll(names(citation));
    for (JsonNode part : citation.path("sourceContent")) {
      whole &= TEXT.containsAll(names(part));
    }
    JsonNode location = citation.path("location");
    for (JsonNode place : location) {
      whole &= OF_PLACE.containsAll(names(place));
    }
    return whole && location.size() == 1;
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static void about(JsonWriter out, String type, JsonNode citation) {
    StringBuilder cited = new StringBuilder();
    citation.path("sourceContent").forEach(part -> cited.append(part.path("text").asText("")));
    out.member("type", type).member("cited_text", cited.toString());
  }

  private static void titles(JsonWriter out, Place place, JsonNode citation) {
    if (place.isResult()) {
      out.member("source", citation.path("source").asText(""));
    }
    String name = place.isResult() ? "title" : "document_title";
    String title = citation.path("title").asText("");
    if (title.isEmpty()) {
      out.nullMember(name);
    } else {
      out.member(name, title);
    }
  }

  private static Optional<String> text(JsonWriter out) {
    return Optional.of(new String(out.endObject().bytes(), StandardCharsets.UTF_8));
  }

  /**
   * Writes the citation in the form of Converse.
   *
   * @return whether it has one
   */
  static boolean write(JsonWriter out, String inMessages) {
    JsonNode citation = StrictJson.tree(inMessages.getBytes(StandardCharsets.UTF_8));
    String type = citation.path("type").asText("");
    if (type.equals(WEB)) {
      begin(out, citation, citation.path("title").asText(""));
      out.name("web").beginObject().member("url", citation.path("url").asText("")).endObject();
      out.endObject().endObject();
      return true;
    }
    for (Place place : PLACES) {
      if (place.type().equals(type)) {
        String title = citation.path(place.isResult() ? "title" : "document_title").asText("");
        begin(out, citation, title);
        out.name(place.location()).beginObject();
        out.member(place.index(), citation.path(place.of() + "_index").asLong());
        out.member("start", citation.path("start_" + place.unit()).asLong());
        out.member("end", citation.path("end_" + place.unit()).asLong());
        out.endObject().endObject().endObject();
        return true;
      }
    }
    return false;
  }

  /** The members of a citation that {@link #write} has no place for. */
  static List<String> lost(String inMessages) {
    JsonNode citation = StrictJson.tree(inMessages.getBytes(StandardCharsets.UTF_8));
    Set<String> kept =
        PLACES.stream()
            .filter(place -> place.type().equals(citation.path("type").asText("")))
            .findFirst()
            .map(Place::members)
            .orElse(OF_WEB);
    return citation.properties().stream()
        .filter(member -> !kept.contains(member.getKey()))
        .filter(member -> !member.getValue().isNull() && !member.getValue().asText("-").isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Begins a citation, up to and into its location. */
  private static void begin(JsonWriter out, JsonNode citation, String title) {
    out.beginObject();
    if (!title.isEmpty()) {
      out.member("title", title);
    }
    String source = citation.path("source").asText("");
    if (!source.isEmpty()) {
      out.member("source", source);
    }
    String cited = citation.path("cited_text").asText("");
    if (!cited.isEmpty()) {
      out.name("sourceContent").beginArray();
      out.beginObject().member("text", cited).endObject().endArray();
    }
    out.name("location").beginObject();
  }
}
