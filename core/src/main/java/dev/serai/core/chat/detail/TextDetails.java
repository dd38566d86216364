package dev.serai.core.chat.detail;

import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a provider says of a choice's text beside the text. Both lists hold objects as JSON text, in
 * the form that they have in OpenAI's Responses.
 *
 * @param annotations sources of the text; their offsets count Unicode code points from the
 *     beginning of the choice's text
 * @param logprobs the tokens of the text with their log probabilities, in order
 */
public record TextDetails(List<String> annotations, List<String> logprobs) {
  /** The type of an annotation for a web page. */
  static final String URL_CITATION = "url_citation";

  /** No details. */
  public static final TextDetails NONE = new TextDetails(List.of(), List.of());

  public TextDetails {
    annotations = List.copyOf(annotations);
    logprobs = List.copyOf(logprobs);
  }

  /**
   * The annotation for a web page that is a source of the text.
   *
   * @param start the first code point of the text that the page is a source of
   * @param end the first one after it
   */
  public static String urlCitation(String url, String title, long start, long end) {
    JsonWriter out = new JsonWriter(128).beginObject().member("type", URL_CITATION);
    out.member("start_index", start).member("end_index", end);
    out.member("url", url).member("title", title).endObject();
    return new String(out.bytes(), StandardCharsets.UTF_8);
  }

  /**
   * The annotation for a file that is a source of the text.
   *
   * @param id of the file; empty if it has none
   * @param place a code point of the text that the file is a source of
   */
  public static String fileCitation(String id, String name, long place) {
    JsonWriter out = new JsonWriter(128).beginObject().member("type", "file_citation");
    out.member("file_id", id).member("filename", name).member("index", place).endObject();
    return new String(out.bytes(), StandardCharsets.UTF_8);
  }

  /** These and other details. */
  public TextDetails plus(TextDetails other) {
    return new TextDetails(
        Stream.concat(annotations.stream(), other.annotations.stream()).toList(),
        Stream.concat(logprobs.stream(), other.logprobs.stream()).toList());
  }

  /** The names of those that are there, for a response that they are left out of. */
  public List<String> names() {
    return Stream.of(
            annotations.isEmpty() ? "" : "message.annotations",
            logprobs.isEmpty() ? "" : "message.logprobs")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  public boolean isEmpty() {
    return annotations.isEmpty() && logprobs.isEmpty();
  }
}
