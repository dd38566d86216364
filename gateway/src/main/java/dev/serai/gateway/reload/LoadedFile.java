package dev.serai.gateway.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The routes that one version of a file has in the Camel context.
 *
 * @param path the file, or what stands for it
 * @param place of the file, or of the setting that the routes come from, for messages
 * @param routeIds its routes and those of its kamelets, callers first
 * @param directNames the {@code direct:} names that it serves, and the names that they are
 *     redirected to
 * @param ownedNames what only one file may have, in the words of messages
 * @param withoutUpstream providers whose route does not use {@code upstream:}, and what they are
 *     instead of a dialect: a persona, or another route
 * @param off providers whose routes are not loaded, since their key is not set
 */
record LoadedFile(
    Path path,
    String place,
    List<String> routeIds,
    Map<String, String> directNames,
    Set<String> ownedNames,
    Map<String, String> withoutUpstream,
    List<OffProvider> off) {
  LoadedFile {
    routeIds = List.copyOf(routeIds);
    directNames = Map.copyOf(directNames);
    ownedNames = Set.copyOf(ownedNames);
    withoutUpstream = Map.copyOf(withoutUpstream);
    off = List.copyOf(off);
  }

  /** The same routes after the file was renamed. */
  LoadedFile movedTo(Path other) {
    return new LoadedFile(
        other, other.toString(), routeIds, directNames, ownedNames, withoutUpstream, off);
  }

  /** The same without routes that Camel has replaced. */
  LoadedFile without(List<String> replaced) {
    List<String> left = routeIds.stream().filter(id -> !replaced.contains(id)).toList();
    return new LoadedFile(path, place, left, directNames, ownedNames, withoutUpstream, off);
  }

  /** The same routes with fewer owned names. */
  LoadedFile owning(Set<String> fewer) {
    return new LoadedFile(path, place, routeIds, directNames, fewer, withoutUpstream, off);
  }

  /** The providers that it serves. */
  List<String> providers() {
    return directNames.keySet().stream()
        .filter(name -> name.startsWith(RouteChecks.ADAPTER))
        .map(name -> name.substring(RouteChecks.ADAPTER.length()))
        .sorted()
        .toList();
  }
}
