package dev.serai.gateway.reload;

import dev.serai.core.problem.cause.FailureText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line of a route file that caused an error of Camel, and its reason. Parser errors
 * contain the line. For an unknown component, parameter or bean, the text is searched for the name
 * in the message. The innermost cause that leads to a line counts.
 */
final class ErrorLocator {
  private static final Pattern LINE = Pattern.compile("line[: ]+(\\d+)");
  private static final Pattern NAMED = Pattern.compile("(?:template|id|bean)[: ]+'?([\\w.-]+)'?");

  private static final String UPSTREAM = "upstream://";

  /** A parameter of a kamelet of providers. */
  private static final Pattern PARAMETER =
      Pattern.compile("^\\s*(baseUrl|keyName|quirks|models|modelsUrl|headers|provider):");

  private static final Pattern KAMELET = Pattern.compile("/([\\w.-]+)\\.kamelet\\.yaml");

  private ErrorLocator() {}

  /** The fault of a text that Camel did not load. */
  static RouteFault fault(List<String> text, Throwable thrown) {
    int line = 0;
    for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
      int found = lineOf(t, text);
      line = found > 0 ? found : line;
    }
    return new RouteFault(line, reasonOf(thrown));
  }

  private static int lineOf(Throwable thrown, List<String> text) {
    String message = String.valueOf(thrown.getMessage());
    int parsed = lineInMessage(message);
    if (parsed > 0) {
      return parsed;
    }
    String uri = uriOf(thrown);
    if (uri.startsWith(UPSTREAM)) {
      return lineOfParameter(uri, reasonOf(thrown), text);
    }
    if (!uri.isEmpty()) {
      int end = uri.indexOf('?');
      return lineWith(text, (end < 0 ? uri : uri.substring(0, end)).replace("://", ":"));
    }
    return lineWithoutUri(thrown, message, text);
  }

  /** The line of the parameter that a message about a provider names, nearest to the provider. */
  private static int lineOfParameter(String uri, String message, List<String> text) {
    String provider = uri.substring(UPSTREAM.length()).split("\\?", 2)[0];
    int own = lineWith(text, "provider: " + provider);
    int line = 0;
    for (int i = 0; i < text.size(); i++) {
      Matcher named = PARAMETER.matcher(text.get(i));
      boolean nearer = line == 0 || Math.abs(i + 1 - own) < Math.abs(line - own);
      if (nearer && named.find() && isIn(message, named.group(1))) {
        line = i + 1;
      }
    }
    return line;
  }

  /** Whether the message has the word, or its singular. */
  private static boolean isIn(String message, String word) {
    return List.of(message.split("[^A-Za-z]+")).stream()
        .anyMatch(each -> each.equals(word) || word.equals(each + "s"));
  }

  private static int lineWithoutUri(Throwable thrown, String message, List<String> text) {
    Matcher kamelet = KAMELET.matcher(message);
    if (kamelet.find()) {
      return lineWith(text, "kamelet:" + kamelet.group(1));
    }
    int named = lineOfName(message, text);
    return named == 0 && thrown instanceof FailedToCreateRouteException failed
        ? lineWith(text, String.valueOf(failed.getRouteId()))
        : named;
  }

  /** The last line number in the message: a parser names the block first, then the error. */
  private static int lineInMessage(String message) {
    Matcher number = LINE.matcher(message);
    int line = 0;
    while (number.find()) {
      line = Integer.parseInt(number.group(1));
    }
    return line;
  }

  private static String uriOf(Throwable thrown) {
    return switch (thrown) {
      case ResolveEndpointFailedException unresolved -> unresolved.getUri();
      case NoSuchEndpointException unknown -> unknown.getUri();
      default -> "";
    };
  }

  /** The first line that contains one of the names in the message. */
  private static int lineOfName(String message, List<String> text) {
    Matcher named = NAMED.matcher(message);
    int line = 0;
    while (line == 0 && named.find()) {
      line = lineWith(text, named.group(1));
    }
    return line;
  }

  /** The first line that contains the words, from 1; 0 if none does. */
  static int lineWith(List<String> text, String words) {
    for (int i = 0; i < text.size(); i++) {
      if (text.get(i).contains(words)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The innermost message that is not blank, on one line. */
  private static String reasonOf(Throwable thrown) {
    String reason = FailureText.of(thrown);
    for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank()) {
        reason = t instanceof ClassNotFoundException ? "there is no class " + message : message;
      }
    }
    return reason.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
