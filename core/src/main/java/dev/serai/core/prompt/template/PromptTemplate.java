package dev.serai.core.prompt.template;

import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** What a version of a prompt says: messages with places for variables. Immutable. */
public final class PromptTemplate {
  /** Most messages of a version. */
  public static final int MAX_MESSAGES = 64;

  /** Most variables of a version. */
  public static final int MAX_VARIABLES = 64;

  /** Most characters of all messages of a call together. */
  static final long MAX_LENGTH = 1_000_000;

  private final List<Template> messages;
  private final Map<String, PromptVariable> variables;
  private final Terms terms;

  /** Who says a message. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** Its name in requests. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name; {@code developer} is another name of {@link #SYSTEM}. */
    public static Optional<Role> named(String label) {
      return label.equals("developer")
          ? Optional.of(SYSTEM)
          : Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }

  /** A message: as it is stored, or with the values of a call. */
  public record Message(Role role, String text) {}

  /**
   * What a call gets that does not say otherwise.
   *
   * @param model that is called
   */
  public record Terms(Optional<String> model, DefaultParameters parameters) {}

  private record Template(Role role, TemplateText text) {}

  /**
   * @param declared the variables with a schema; others that have a place are texts that each call
   *     has to give
   * @throws CallerProblem 400 if a template cannot be read, or a declared variable has no place
   */
  public PromptTemplate(List<Message> messages, List<PromptVariable> declared, Terms terms) {
    this.messages =
        messages.stream().map(one -> new Template(one.role, TemplateText.of(one.text))).toList();
    this.terms = terms;
    Map<String, PromptVariable> known = new LinkedHashMap<>();
    declared.forEach(variable -> known.put(variable.name(), variable));
    Set<String> placed = new TreeSet<>();
    this.messages.forEach(one -> placed.addAll(one.text.names()));
    for (String name : known.keySet()) {
      if (!placed.contains(name)) {
        throw CallerProblem.invalid(
            "variables",
            "No message has a place {{" + name + "}} for the variable '" + name + "'.");
      }
    }
    placed.forEach(name -> known.putIfAbsent(name, PromptVariable.text(name)));
    if (known.size() > MAX_VARIABLES) {
      throw CallerProblem.invalid(
          "messages", "A prompt has at most " + MAX_VARIABLES + " variables.");
    }
    variables = known;
  }

  /** Its model and parameters. */
  public Terms terms() {
    return terms;
  }

  /**
   * The messages with these values. A value becomes text as it is: what looks like a place in it
   * stays.
   *
   * @param values by the name of the variable, as {@link PromptVariable#text} takes them
   * @param member of the request that has the values, for problems
   * @param room takes the number of characters before they are made; what it throws is thrown
   * @throws CallerProblem 400 that names the variable which is missing, unknown or wrong
   */
  public List<Message> render(Map<String, Object> values, String member, LongConsumer room) {
    Map<String, String> texts = texts(values, member);
    long length = messages.stream().mapToLong(one -> one.text.length(texts)).sum();
    if (length > MAX_LENGTH) {
      throw CallerProblem.invalid(
          member, "The prompt has more than " + MAX_LENGTH + " characters with these variables.");
    }
    room.accept(length);
    List<Message> rendered = new ArrayList<>(messages.size());
    messages.forEach(one -> rendered.add(new Message(one.role, one.text.with(texts))));
    return rendered;
  }

  private Map<String, String> texts(Map<String, Object> values, String member) {
    for (String name : values.keySet()) {
      if (!variables.containsKey(name)) {
        throw unknown(name, member);
      }
    }
    Map<String, String> texts = new HashMap<>();
    for (PromptVariable variable : variables.values()) {
      Object value = values.get(variable.name());
      String place = member + "." + variable.name();
      if (value != null) {
        texts.put(variable.name(), variable.text(value, place));
      } else if (variable.byDefault().isPresent()) {
        texts.put(variable.name(), variable.byDefault().get());
      } else if (variable.required()) {
        throw CallerProblem.invalid(
            place, "The prompt needs the variable '" + variable.name() + "'.");
      }
    }
    return texts;
  }

  /** A name that is none is not shown: it may be a value in the wrong place. */
  private CallerProblem unknown(String name, String member) {
    String shown =
        PromptVariable.isName(name) ? "'" + KeyForms.redacted(name) + "'" : "of that name";
    String known =
        variables.isEmpty()
            ? "It has no variables."
            : "It has " + String.join(", ", variables.keySet()) + ".";
    return CallerProblem.invalid(member, "The prompt has no variable " + shown + ". " + known);
  }
}
