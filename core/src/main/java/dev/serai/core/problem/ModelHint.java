package dev.serai.core.problem;

import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the gateway knows of a model's name that leads to no provider: that the providers of the
 * name are off and why, or which name was perhaps meant. Immutable.
 */
public final class ModelHint {
  /** There is nothing to say. */
  public static final ModelHint NONE = new ModelHint("", 0);

  private static final int MAX_PROVIDERS = 5;

  private final String text;
  private final int off;

  private ModelHint(String text, int off) {
    this.text = text;
    this.off = off;
  }

  /**
   * The providers of the name are off.
   *
   * @param providers why each is off, such as "MISTRAL_API_KEY is not set", by name and in order;
   *     the first {@value #MAX_PROVIDERS} are named
   */
  public static ModelHint off(Map<String, String> providers) {
    List<String> sentences = new ArrayList<>();
    providers.forEach(
        (name, why) -> {
          if (sentences.size() < MAX_PROVIDERS) {
            sentences.add("The provider '" + name + "' is off: " + why + ".");
          }
        });
    return new ModelHint(String.join(" ", sentences), providers.size());
  }

  /** A known name is close, or what the client wrote at a known provider; a key is not shown. */
  public static ModelHint close(String name) {
    return new ModelHint("Did you mean '" + KeyForms.redacted(name) + "'?", 0);
  }

  /** There are few names, and these are all. */
  public static ModelHint among(List<String> names) {
    String known = "'" + String.join("', '", names) + "'";
    return new ModelHint((names.size() == 1 ? "Known is " : "Known are ") + known + ".", 0);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Its sentences; empty if there is nothing to say. */
  public String text() {
    return text;
  }

  /** The message about a name that is not known, or whose provider is off. */
  String ofUnknown(String model) {
    return off > 0 ? needed(model) : joined("The model '" + model + "' does not exist.");
  }

  /** The message about a name that is known and has no provider. */
  String ofKnown(String model) {
    return off > 0
        ? needed(model)
        : joined("The model '" + model + "' is known, but no configured provider offers it.");
  }

  private String needed(String model) {
    String provider = off == 1 ? "this provider" : "one of its providers";
    return text + " The model '" + model + "' needs " + provider + ".";
  }

  private String joined(String sentence) {
    return text.isEmpty() ? sentence : sentence + " " + text;
  }

  @Override
  public String toString() {
    return text;
  }
}
