import button from './styles/button.css';
import item from './styles/item.css';
import list from './styles/list.css';
import panel from './styles/panel.css';
import theme from './styles/theme.css';
import toast from './styles/toast.css';

let made: CSSStyleSheet | undefined;

/** One for all elements of the page, and made by script: policies that forbid inline styles let it be. */
export function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync([theme, button, panel, list, item, toast].join(''));
  }
  return made;
}
