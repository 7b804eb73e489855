import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class CssVars extends Directive {
  override render(_values: Record<string, string>): symbol {
    return noChange;
  }

  override update(part: ElementPart, [values]: [Record<string, string>]): symbol {
    const style = (part.element as HTMLElement).style;
    Object.entries(values).forEach(([name, value]) => style.setProperty(name, value));
    return noChange;
  }
}

/**
 * Sets custom properties of an element: `<div ${cssVars({'--done': '40%'})}>`. Lit's own styleMap writes a style attribute, which the
 * content security policy refuses.
 */
export const cssVars = directive(CssVars);
