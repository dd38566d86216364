/**
 * Watches the files of the operator while the gateway serves. {@code RouteFolders} loads new and
 * changed route files, and refuses those that cannot be loaded, with the line and what to write
 * instead. {@code SettingsFiles} reads the settings again, and {@code RetriedChange} applies what
 * changes them without a file.
 */
@NullMarked
package dev.serai.gateway.reload;

import org.jspecify.annotations.NullMarked;
