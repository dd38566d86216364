package dev.serai.gateway.reload;

import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * Checks the names that only one file may use: the ids of its routes, and the endpoints that they
 * are from, which include the {@code direct:} names of providers. Serai's own routes own theirs
 * too.
 */
final class OwnedNames {
  private static final String ID = "the route id ";

  private final CamelContext context;
  private final Path operatorsFolder;

  /**
   * @param operatorsFolder a file of it replaces one of Serai's own with the same name
   */
  OwnedNames(CamelContext context, Path operatorsFolder) {
    this.context = context;
    this.operatorsFolder = operatorsFolder;
  }

  /**
   * The names that a file owns, in the words of messages, with lines.
   *
   * @throws RouteFault if it has one of them twice
   */
  List<Word> of(RouteText text) {
    List<Word> ownedNames = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (RouteEntry route : text.routes()) {
      if (isLoaded(route)) {
        add(new Word(ID + resolved(route.id().text()), route.id().line()), seen, ownedNames);
        add(new Word(resolved(route.from().text()), route.from().line()), seen, ownedNames);
      }
    }
    return ownedNames;
  }

  private static void add(Word ownedName, Set<String> seen, List<Word> ownedNames) {
    // A path may have several routes, with different methods.
    boolean exclusive = ownedName.text().startsWith(ID) || ownedName.text().startsWith("direct:");
    if (ownedName.line() > 0 && exclusive) {
      if (!seen.add(ownedName.text())) {
        throw new RouteFault(ownedName.line(), ownedName.text() + " is twice in this file");
      }
      ownedNames.add(ownedName);
    }
  }

  /**
   * Refuses a name that another file owns.
   *
   * @param others the files that serve now and will still serve after this poll
   * @param known ids of all routes that were loaded from files
   * @param file that owns the names
   * @throws RouteFault that names the other file
   */
  void refuseTaken(
      List<Word> ownedNames, Collection<LoadedFile> others, Set<String> known, Path file) {
    for (Word ownedName : ownedNames) {
      for (LoadedFile other : others) {
        if (other.ownedNames().contains(ownedName.text())) {
          throw taken(ownedName, other.place(), orReplace(file, other.path()));
        }
      }
      ownerAmongFixed(ownedName.text(), known).ifPresent(place -> throwTaken(ownedName, place));
    }
  }

  /** Finds the owner among the routes that Camel has loaded at the start. */
  private Optional<String> ownerAmongFixed(String ownedName, Set<String> known) {
    return context.getRoutes().stream()
        .filter(route -> !known.contains(route.getRouteId()))
        .filter(route -> ownedName.equals(ID + route.getRouteId()) || ownedName.equals(from(route)))
        .findFirst()
        .map(OwnedNames::place);
  }

  private static String from(Route route) {
    return route.getEndpoint().getEndpointUri().replace("://", ":");
  }

  private static String place(Route route) {
    String location = route.getSourceLocation();
    return location == null ? "Serai's own routes" : location.replaceFirst("^file:", "");
  }

  private static void throwTaken(Word ownedName, String place) {
    throw taken(ownedName, place, "");
  }

  private static RouteFault taken(Word ownedName, String place, String or) {
    return new RouteFault(
        ownedName.line(),
        ownedName.text() + " is taken by " + place + "; choose another name" + or);
  }

  /** How a file of the operator replaces another; empty if it cannot. */
  private String orReplace(Path file, Path other) {
    Path folder = other.getParent();
    boolean replaces =
        operatorsFolder.equals(file.getParent())
            && folder != null
            && !operatorsFolder.equals(folder);
    return replaces ? ", or name the file " + other.getFileName() + " to replace that one" : "";
  }

  /** Whether Camel will load it: a route whose precondition is false is left out. */
  private boolean isLoaded(RouteEntry route) {
    return !"false".equals(resolved(route.precondition().text()));
  }

  /** The text with its placeholders resolved, as far as they can be. */
  String resolved(String text) {
    if (!text.contains("{{")) {
      return text;
    }
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      return text; // Camel reports the placeholder when it loads the route
    }
  }
}
