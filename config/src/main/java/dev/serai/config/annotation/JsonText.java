package dev.serai.config.annotation;

/** A value of any kind, as JSON: for what Serai passes on and does not know itself. Immutable. */
public final class JsonText {
  private final String json;

  public JsonText(String json) {
    this.json = json;
  }

  /** The text. */
  public String json() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonText text && text.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
