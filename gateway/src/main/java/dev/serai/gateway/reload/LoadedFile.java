package dev.serai.gateway.reload;

import java.nio.file.Path;
import java.util.List;

/**
 * What one file brought into the context.
 *
 * @param routeIds its routes and those that its kamelets became, callers first
 * @param directNames the {@code direct:} names that it serves, without generation
 */
record LoadedFile(Path path, int generation, List<String> routeIds, List<String> directNames) {}
