package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.routing.Candidate;
import java.util.List;

/** The header fields that report which candidate served a call, and what was dropped. */
public final class ReplyFields {
  private ReplyFields() {}

  /** Adds the fields of a call that has a reply. */
  public static HeaderFields add(HeaderFields fields, Call call) {
    Candidate candidate = call.current().candidate();
    fields.add("x-serai-provider", candidate.provider());
    if (!candidate.model().isEmpty()) {
      fields.add("x-serai-model", candidate.model());
    }
    fields.add("x-serai-attempts", Integer.toString(call.attempts().size()));
    List<String> dropped = call.current().dropped();
    return dropped.isEmpty() ? fields : fields.add("x-serai-dropped", String.join(", ", dropped));
  }
}
