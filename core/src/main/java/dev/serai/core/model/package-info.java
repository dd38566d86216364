/** What is known about models: context length, capabilities, prices. */
@NullMarked
package dev.serai.core.model;

import org.jspecify.annotations.NullMarked;
