package dev.serai.gateway.reload;

import java.nio.file.Path;
import java.util.List;

/**
 * The routes that one version of a file has in the Camel context.
 *
 * @param version 1 for the first version of the file
 * @param routeIds its routes and those of its kamelets, callers first
 * @param directNames the {@code direct:} names that it serves, without the version's suffix
 */
record LoadedFile(Path path, int version, List<String> routeIds, List<String> directNames) {}
