package dev.serai.core.http;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.text.KnownNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reads and writes the query of a request, or a form: parameters as {@code name=value}. Immutable.
 */
public final class QueryString {
  private final List<Parameter> parameters;

  private QueryString(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /**
   * A parameter, decoded.
   *
   * @param value empty if the parameter has none
   */
  public record Parameter(String name, String value) {}

  /**
   * Reads a query.
   *
   * @param query percent-encoded, without the question mark; may be empty
   * @throws CallerProblem 400 if an escape is malformed
   */
  public static QueryString of(String query) {
    List<Parameter> parameters = new ArrayList<>(4);
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        parameters.add(parameter(pair));
      }
    }
    return new QueryString(parameters);
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    try {
      return equals < 0
          ? new Parameter(PercentEncoding.decodeForm(pair), "")
          : new Parameter(
              PercentEncoding.decodeForm(pair.substring(0, equals)),
              PercentEncoding.decodeForm(pair.substring(equals + 1)));
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("The request's query is not percent-encoded correctly.");
    }
  }

  /**
   * Writes a query, or a form (WHATWG URL, section 5.2): the parameters in their order,
   * percent-encoded.
   */
  public static String write(Map<String, String> parameters) {
    StringJoiner written = new StringJoiner("&");
    parameters.forEach(
        (name, value) ->
            written.add(
                PercentEncoding.encode(name, "") + "=" + PercentEncoding.encode(value, "")));
    return written.toString();
  }

  /**
   * A query without the parameters of these names, in whatever way they are written; the others
   * stay as they are.
   *
   * @param query percent-encoded, without the question mark
   */
  public static String without(String query, Set<String> names) {
    StringJoiner kept = new StringJoiner("&");
    for (String pair : query.split("&", -1)) {
      if (!names.contains(name(pair))) {
        kept.add(pair);
      }
    }
    return kept.toString();
  }

  /** The decoded name of a parameter; as it is written if its escapes are malformed. */
  private static String name(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    try {
      return PercentEncoding.decodeForm(name);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** All parameters in their order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The values by their names, for a request that takes no parameter twice.
   *
   * @param known the names that the request takes
   * @throws CallerProblem 400 if one is unknown or given twice
   */
  public Map<String, String> byName(Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      if (!known.contains(name)) {
        String hint = known.isEmpty() ? "This path has none." : KnownNames.hint(name, known);
        throw CallerProblem.invalid(name, "Unknown parameter '" + name + "'. " + hint);
      }
      if (values.put(name, parameter.value()) != null) {
        throw twice(name);
      }
    }
    return values;
  }

  private static CallerProblem twice(String name) {
    return CallerProblem.invalid(name, "The parameter '" + name + "' is given twice.");
  }

  /**
   * The value of the parameter of that name.
   *
   * @throws CallerProblem 400 if it is given twice
   */
  public Optional<String> only(String name) {
    if (parameters.stream().filter(parameter -> parameter.name().equals(name)).count() > 1) {
      throw twice(name);
    }
    return first(name);
  }

  /** The value of the first parameter of that name. */
  public Optional<String> first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }
}
