/**
 * What is known about models: context length, capabilities, prices. Which provider serves a call is
 * decided in {@code routing}.
 */
@NullMarked
package dev.serai.core.model;

import org.jspecify.annotations.NullMarked;
