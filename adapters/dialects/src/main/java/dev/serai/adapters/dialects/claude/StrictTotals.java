package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.schema.SchemaSize;

/**
 * Counts what Anthropic limits over all strict schemas of a request, its tools and its output
 * ("Structured outputs: Schema complexity limits", platform.claude.com/docs): 20 strict tools, 24
 * optional parameters, 16 parameters with a union of types. For one request; not thread-safe.
 */
public final class StrictTotals {
  private static final int MAX_TOOLS = 20;
  private static final int MAX_OPTIONAL = 24;
  private static final int MAX_UNIONS = 16;

  private int tools;
  private int optional;
  private int unions;

  /** Takes the schema of the output; false if it is too large. */
  public boolean takeOutput(SchemaSize size) {
    if (optional + size.optional() > MAX_OPTIONAL || unions + size.unions() > MAX_UNIONS) {
      return false;
    }
    optional += size.optional();
    unions += size.unions();
    return true;
  }

  /** Takes the schema of a strict tool; false if it does not fit, and the tool cannot be strict. */
  boolean takeTool(SchemaSize size) {
    boolean fits = tools < MAX_TOOLS && takeOutput(size);
    tools += fits ? 1 : 0;
    return fits;
  }
}
