package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A schema that follows a vendor's profile. The tree belongs to the caller.
 *
 * @param loss what was changed to achieve that
 */
public record FittedSchema(ObjectNode tree, Loss loss) {

  /** How much a fitted schema differs from the original, least first. */
  public enum Loss {
    /** Accepts the same values, or fewer where the original left it open. */
    NONE,
    /** Accepts other values: a limit is missing. */
    CONSTRAINT,
    /**
     * Has another shape: optional properties are required, maps are empty objects, or recursion is
     * cut off. A looser way to send the schema is better, if there is one.
     */
    SHAPE
  }

  public String json() {
    return tree.toString();
  }

  /** How large it is. */
  public SchemaSize size() {
    return SchemaSize.of(tree);
  }

  /** Whether it accepts other values than the original. */
  public boolean isWeakened() {
    return loss != Loss.NONE;
  }

  /** Whether it has the shape of the original. */
  public boolean keepsShape() {
    return loss != Loss.SHAPE;
  }
}
