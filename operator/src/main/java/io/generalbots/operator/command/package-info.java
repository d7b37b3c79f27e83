/** What the operator's program does besides operating: told by its first argument. */
@NullMarked
package io.generalbots.operator.command;

import org.jspecify.annotations.NullMarked;
