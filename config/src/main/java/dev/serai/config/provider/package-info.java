/**
 * Settings of providers, models and aliases, and the list of providers made from them. A vendor
 * that Serai shall know by name is added to {@code KnownProvider}.
 */
@NullMarked
package dev.serai.config.provider;

import org.jspecify.annotations.NullMarked;
