/** Finds mistakes in settings that are valid one by one: names that lead nowhere, unread files. */
@NullMarked
package dev.serai.config.check;

import org.jspecify.annotations.NullMarked;
