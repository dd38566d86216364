/**
 * Finds files and folders that cannot be used, and files that look like settings and are not read.
 */
@NullMarked
package dev.serai.config.check.file;

import org.jspecify.annotations.NullMarked;
