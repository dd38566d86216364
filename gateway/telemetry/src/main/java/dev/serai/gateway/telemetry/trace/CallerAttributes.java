package dev.serai.gateway.telemetry.trace;

import dev.serai.core.caller.Caller;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/** Writes who makes a call to its spans. Values that are empty are left out. Pure. */
final class CallerAttributes {
  private CallerAttributes() {}

  static void set(Span span, Caller caller) {
    set(span, SpanAttributes.TENANT, caller.tenant());
    set(span, SpanAttributes.TEAM, caller.team());
    set(span, SpanAttributes.USER, caller.user());
    set(span, SpanAttributes.KEY, caller.key());
    set(span, SpanAttributes.SESSION, caller.session());
    set(span, SpanAttributes.CONVERSATION, caller.session());
    set(span, SpanAttributes.TASK_TYPE, caller.taskType());
    List<String> tags = caller.allTags();
    if (!tags.isEmpty()) {
      span.setAttribute(SpanAttributes.TAGS, tags);
    }
  }

  private static void set(Span span, AttributeKey<String> name, String value) {
    if (!value.isEmpty()) {
      span.setAttribute(name, value);
    }
  }
}
