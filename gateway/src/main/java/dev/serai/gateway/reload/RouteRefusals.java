package dev.serai.gateway.reload;

import dev.serai.config.read.Names;
import dev.serai.core.secret.KeyForms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says in plain words why a route file cannot be loaded, with the line, and what to write instead.
 * What is said shows no key that is in a wrong place. Thread-safe.
 */
final class RouteRefusals {
  private static final Pattern UNSET =
      Pattern.compile("Property with key \\[([^]]+)] (?:not found|using function)");

  private static final Pattern NO_BEAN =
      Pattern.compile("No bean could be found in the registry for: (\\S+)");

  private static final Pattern UNKNOWN_PARAMETERS =
      Pattern.compile("Unknown parameters=\\[\\{([^=,}]+)=");

  private static final Pattern NAME = Pattern.compile("^\\s*(?:- )?[\"']?([\\w.-]+)[\"']?\\s*:");

  private static final String ENV = "env:";

  private final CamelContext context;

  /**
   * @param context whose steps and components a route may name
   */
  RouteRefusals(CamelContext context) {
    this.context = context;
  }

  /** The refusal of a file. */
  RefusedRoutesException refuse(FileText file, Throwable thrown) {
    RouteFault fault = fault(file.text(), thrown);
    String reason = KeyForms.redactedText(String.valueOf(fault.getMessage()));
    return new RefusedRoutesException(file.path(), fault.line(), reason, thrown);
  }

  private RouteFault fault(String text, Throwable thrown) {
    if (thrown instanceof RouteFault fault && !fault.mayFollow()) {
      return fault;
    }
    List<String> lines = text.lines().toList();
    try {
      return plain(lines, thrown)
          .or(() -> RouteShape.fault(text))
          .or(() -> thrown instanceof RouteFault fault ? Optional.of(fault) : Optional.empty())
          .orElseGet(() -> ErrorLocator.fault(lines, thrown));
    } catch (MarkedYamlEngineException notYaml) {
      return YamlFault.of(notYaml);
    } catch (YamlEngineException notYaml) {
      return ErrorLocator.fault(lines, notYaml);
    }
  }

  /** What Camel says only in its own words. */
  private Optional<RouteFault> plain(List<String> lines, Throwable thrown) {
    for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
      Optional<RouteFault> fault = plain(lines, t, String.valueOf(t.getMessage()));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<RouteFault> plain(List<String> lines, Throwable thrown, String message) {
    Matcher unset = UNSET.matcher(message);
    if (unset.find()) {
      return Optional.of(unset(lines, unset.group(1)));
    }
    Matcher bean = NO_BEAN.matcher(message);
    if (bean.find()) {
      return Optional.of(noStep(lines, bean.group(1)));
    }
    Matcher parameter = UNKNOWN_PARAMETERS.matcher(message);
    if (parameter.find()) {
      String name = parameter.group(1);
      int line = ErrorLocator.lineWith(lines, name);
      return Optional.of(new RouteFault(line, "the endpoint has no parameter " + name));
    }
    return thrown instanceof NoSuchEndpointException unknown
        ? Optional.of(noComponent(lines, unknown.getUri()))
        : Optional.empty();
  }

  /** A placeholder without a value. */
  private static RouteFault unset(List<String> lines, String key) {
    int line = ErrorLocator.lineWith(lines, "{{" + key);
    Matcher named = NAME.matcher(line > 0 ? lines.get(line - 1) : "");
    String parameter = named.find() ? named.group(1) + ": " : "";
    String variable = key.startsWith(ENV) ? key.substring(ENV.length()) : key;
    String advice =
        key.startsWith(ENV)
            ? "the environment variable "
                + variable
                + " is not set; set it and start Serai again, or write a default as in {{"
                + key
                + ":DEFAULT}}"
            : "{{"
                + key
                + "}} has no value; {{env:NAME}} is the value of an environment variable, and"
                + " {{provider.NAME.baseUrl}} that of a provider of the settings";
    return new RouteFault(line, parameter + advice);
  }

  private RouteFault noStep(List<String> lines, String name) {
    Set<String> known = context.getRegistry().findByTypeWithName(Processor.class).keySet();
    return new RouteFault(
        ErrorLocator.lineWith(lines, name), "there is no step " + name + meant(name, known));
  }

  private RouteFault noComponent(List<String> lines, String uri) {
    int colon = uri.indexOf(':');
    String name = colon < 0 ? uri : uri.substring(0, colon);
    Set<String> known = context.getRegistry().findByTypeWithName(Component.class).keySet();
    String meant = meant(name, known);
    return new RouteFault(
        ErrorLocator.lineWith(lines, name),
        "there is no component "
            + name
            + (meant.isEmpty() ? "; Serai comes without Camel's library for it" : meant));
  }

  private static String meant(String name, Set<String> known) {
    return Names.closestTo(name, known).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
