package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** The details of one part of a message, as they are written. Not thread-safe. */
final class PartDetails {
  private final List<String> annotations = new ArrayList<>(0);
  private final List<String> logprobs = new ArrayList<>(0);
  private final long start;

  /**
   * @param start where the part's text begins in the text of the choice
   */
  PartDetails(long start) {
    this.start = start;
  }

  /** The details of a part in a complete response. The first part has the log probabilities. */
  static PartDetails of(TextDetails all, long start, long end) {
    PartDetails part = new PartDetails(start);
    for (String annotation : all.annotations()) {
      long offset = Annotations.offset(annotation);
      if (offset >= start && offset < end) {
        part.annotate(annotation);
      }
    }
    if (start == 0) {
      part.logprobs.addAll(all.logprobs());
    }
    return part;
  }

  /** Adds an annotation of the choice's text; returns it as it is written. */
  String annotate(String annotation) {
    String own = Annotations.ofPart(annotation, start);
    annotations.add(own);
    return own;
  }

  /** The number of annotations. */
  int annotated() {
    return annotations.size();
  }

  void addLogprobs(List<String> tokens) {
    logprobs.addAll(tokens);
  }

  void writeAnnotations(JsonWriter out) {
    write(out, "annotations", annotations);
  }

  void writeLogprobs(JsonWriter out) {
    write(out, "logprobs", logprobs);
  }

  /** Writes a member with elements that are JSON texts. */
  static void write(JsonWriter out, String name, List<String> elements) {
    out.name(name).beginArray();
    elements.forEach(out::json);
    out.endArray();
  }
}
