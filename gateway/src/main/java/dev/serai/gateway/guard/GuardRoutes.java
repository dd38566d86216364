package dev.serai.gateway.guard;

import dev.serai.config.Settings;
import dev.serai.config.read.Names;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Finds guards whose route does not exist. Pure except for the context. */
public final class GuardRoutes {
  private static final String DIRECT = "direct://";

  private GuardRoutes() {}

  /** One line for each guard that asks a route which is not in the context. */
  public static List<String> missing(Settings settings, CamelContext context) {
    Set<String> names = names(context);
    List<String> missing = new ArrayList<>();
    settings
        .guards()
        .forEach(
            (name, guard) ->
                guard
                    .route()
                    .filter(route -> !names.contains(route))
                    .ifPresent(route -> missing.add(fault(settings, name, hint(route, names)))));
    return List.copyOf(missing);
  }

  private static String hint(String route, Set<String> names) {
    String meant =
        Names.closestTo(route, names).map(near -> "; did you mean " + near + "?").orElse("");
    return "there is no route direct:" + route + meant;
  }

  private static String fault(Settings settings, String guard, String why) {
    String file = settings.file().map(path -> path + ": ").orElse("");
    return file
        + KeyForms.redactedText("guards." + guard + ".route: " + why)
        + "; correct the name, or add the route to a file in "
        + settings.routes().folder();
  }

  /** The names of all routes that begin with {@code direct:}. */
  private static Set<String> names(CamelContext context) {
    Set<String> names = new TreeSet<>();
    context.getRoutes().stream()
        .map(route -> route.getEndpoint().getEndpointUri())
        .filter(uri -> uri.startsWith(DIRECT))
        .forEach(uri -> names.add(uri.substring(DIRECT.length())));
    return names;
  }

  /** Whether a route of that name is in the context. */
  static boolean has(CamelContext context, String route) {
    return names(context).contains(route);
  }
}
