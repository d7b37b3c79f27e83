@NullMarked
package io.generalbots.scaling;

import org.jspecify.annotations.NullMarked;
