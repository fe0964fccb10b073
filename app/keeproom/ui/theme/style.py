"""The flat style: Fusion's measures and behaviour, our own buttons, bars, sliders, scroll bars and focus ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from keeproom.ui.theme.boxes import paint_edit_box, paint_spin_box, paint_tick_box
from keeproom.ui.theme.palette import Colours, colours

if TYPE_CHECKING:
    Painting = Callable[[QStyleOption, QPainter, Colours], None]

RADIUS = 6
FOCUS_PX = 2
SCROLL_BAR_PX = 12
SHORTEST_THUMB_PX = 32
HANDLE_PX = 14

_METRICS: Mapping[QStyle.PixelMetric, int] = {
    QStyle.PixelMetric.PM_ScrollBarExtent: SCROLL_BAR_PX,
    QStyle.PixelMetric.PM_ScrollBarSliderMin: SHORTEST_THUMB_PX,
    QStyle.PixelMetric.PM_SliderLength: HANDLE_PX,
    QStyle.PixelMetric.PM_SliderThickness: HANDLE_PX + 4,
    QStyle.PixelMetric.PM_SliderControlThickness: HANDLE_PX,
    QStyle.PixelMetric.PM_SplitterWidth: 1,
    QStyle.PixelMetric.PM_MenuPanelWidth: 1,
    QStyle.PixelMetric.PM_MenuVMargin: 4,
    QStyle.PixelMetric.PM_MenuHMargin: 4,
    QStyle.PixelMetric.PM_MenuBarPanelWidth: 0,
    QStyle.PixelMetric.PM_ButtonShiftHorizontal: 0,
    QStyle.PixelMetric.PM_ButtonShiftVertical: 0,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
}

_HINTS: Mapping[QStyle.StyleHint, int] = {
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_UnderlineShortcut: 0,
    QStyle.StyleHint.SH_ToolTipLabel_Opacity: 255,
}
MENU_BAR_PX = 28
MENU_SEPARATOR_PX = 10

State = QStyle.StateFlag


class KeeproomStyle(QProxyStyle):
    """Fusion with the parts of `_PRIMITIVES`, `_CONTROLS` and `_COMPLEX` painted flat; no gradients, no bevels."""

    def __init__(self) -> None:
        super().__init__("fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: object = None,  # noqa: N803
    ) -> int:
        known = _HINTS.get(hint)
        return known if known is not None else super().styleHint(hint, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        paint = _PRIMITIVES.get(element)
        if element == QStyle.PrimitiveElement.PE_IndicatorArrowDown and isinstance(widget, QToolButton):
            return  # our tool buttons say by their text that they open a menu
        if paint is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            _painted(paint, option, painter)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        paint = _CONTROLS.get(element)
        if paint is not None:
            _painted(paint, option, painter)
            return
        if element == QStyle.ControlElement.CE_PushButtonLabel and _is_primary(option):
            white = colours(option.palette).on_highlight
            option.palette.setColor(QPalette.ColorRole.ButtonText, white)
        super().drawControl(element, option, painter, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        result = super().sizeFromContents(kind, option, size, cast(QWidget, widget))
        if kind == QStyle.ContentsType.CT_MenuBarItem:
            return QSize(result.width() + 6, MENU_BAR_PX)
        if kind == QStyle.ContentsType.CT_MenuItem and size.height() > MENU_SEPARATOR_PX:
            return QSize(result.width() + 16, max(MENU_BAR_PX, result.height()))
        return result

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ScrollBar:
            thumb = self.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, widget)
            _paint_scroll_bar(cast(QStyleOptionSlider, option), thumb, painter, widget)
        elif control == QStyle.ComplexControl.CC_Slider:
            handle = self.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, widget)
            _paint_slider(cast(QStyleOptionSlider, option), handle, painter)
        elif control == QStyle.ComplexControl.CC_SpinBox:
            up = self.subControlRect(control, option, QStyle.SubControl.SC_SpinBoxUp, widget)
            down = self.subControlRect(control, option, QStyle.SubControl.SC_SpinBoxDown, widget)
            paint_spin_box(option, up, down, painter)
        elif control == QStyle.ComplexControl.CC_ComboBox and cast(QStyleOptionComboBox, option).editable:
            arrow = self.subControlRect(control, option, QStyle.SubControl.SC_ComboBoxArrow, widget)
            paint_edit_box(option, arrow, painter)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ScrollBar:
            return _scroll_bar_part(cast(QStyleOptionSlider, option), part)
        return super().subControlRect(control, option, part, cast(QWidget, widget))


def _painted(paint: Painting, option: QStyleOption, painter: QPainter) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(option, painter, colours(option.palette))
    painter.restore()


def _inside(rect: QRect, margin: float) -> QRectF:
    return QRectF(rect).adjusted(margin, margin, -margin, -margin)


def _is_primary(option: QStyleOption) -> bool:
    return (
        isinstance(option, QStyleOptionButton)
        and bool(option.features & QStyleOptionButton.ButtonFeature.DefaultButton)
        and bool(option.state & State.State_Enabled)
    )


def _button_fill(option: QStyleOption, those: Colours) -> QColor:
    if _is_primary(option):
        pressed = option.state & State.State_Sunken
        return those.highlight.darker(112) if pressed else those.highlight
    if option.state & State.State_Sunken:
        return those.tint
    if option.state & State.State_MouseOver and option.state & State.State_Enabled:
        return those.hover
    return those.button


def _paint_button(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    fill = _button_fill(option, those)
    enabled = option.state & State.State_Enabled
    painter.setPen(QPen(fill if _is_primary(option) else those.outline if enabled else those.separator, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(_inside(option.rect, 0.5), RADIUS, RADIUS)


def _paint_tool_button(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    if option.state & (State.State_Sunken | State.State_On):
        fill = those.tint
    elif option.state & State.State_MouseOver and option.state & State.State_Enabled:
        fill = those.hover
    else:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(_inside(option.rect, 0), RADIUS, RADIUS)


def _paint_focus(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    painter.setPen(QPen(those.accent, FOCUS_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_inside(option.rect, FOCUS_PX / 2), RADIUS - 1, RADIUS - 1)


def _paint_field(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    if isinstance(option, QStyleOptionFrame) and not option.lineWidth:
        return  # a field without a frame of its own lies on one
    focused = option.state & State.State_HasFocus
    painter.setPen(QPen(those.accent if focused else those.outline, FOCUS_PX if focused else 1))
    painter.setBrush(those.base)
    painter.drawRoundedRect(_inside(option.rect, 1), RADIUS, RADIUS)


def _paint_menu(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(those.separator)
    painter.setBrush(those.menu)
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def _paint_frame(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    painter.setPen(QPen(those.separator, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_inside(option.rect, 0.5), RADIUS, RADIUS)


def _paint_nothing(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    """For lines that Fusion draws where our panels already have one."""


def _paint_progress(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    bar = cast(QStyleOptionProgressBar, option)
    track = QRectF(bar.rect)
    track.setHeight(min(6.0, track.height()))
    track.moveCenter(QRectF(bar.rect).center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(those.separator)
    painter.drawRoundedRect(track, 3, 3)
    span = bar.maximum - bar.minimum
    if span <= 0:
        done = track.adjusted(track.width() * 0.35, 0, -track.width() * 0.35, 0)
    else:
        done = QRectF(track)
        done.setWidth(track.width() * (bar.progress - bar.minimum) / span)
    if done.width() > 0:
        painter.setBrush(those.accent)
        painter.drawRoundedRect(done, 3, 3)


def _paint_menu_bar_item(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    item = cast(QStyleOptionMenuItem, option)
    active = item.state & (State.State_Selected | State.State_Sunken)
    painter.fillRect(item.rect, those.window)
    if active and item.state & State.State_Enabled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(those.hover)
        painter.drawRoundedRect(_inside(item.rect, 2), 4, 4)
    painter.setPen(those.text if item.state & State.State_Enabled else those.disabled)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic | Qt.TextFlag.TextSingleLine
    painter.drawText(item.rect, flags, item.text)


def _paint_splitter(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    painter.fillRect(option.rect, those.separator)


def _paint_scroll_bar(option: QStyleOptionSlider, thumb: QRect, painter: QPainter, widget: QWidget | None) -> None:
    """On the colour that the property `ground` names, or else on that of the canvas; thin until it is used."""
    those = colours(option.palette)
    ground = widget.property("ground") if widget is not None else None
    painter.fillRect(option.rect, getattr(those, ground or "canvas"))
    if option.maximum <= option.minimum:
        return
    active = option.state & State.State_Sunken or (
        option.state & State.State_MouseOver and option.activeSubControls & QStyle.SubControl.SC_ScrollBarSlider
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(those.secondary if active else those.outline)
    margin = 3 if active else 4
    painter.drawRoundedRect(_inside(thumb, margin), 3, 3)
    painter.restore()


def _scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    rect = option.rect
    upright = option.orientation == Qt.Orientation.Vertical
    length = rect.height() if upright else rect.width()
    span = option.maximum - option.minimum
    thumb = length
    if span > 0:
        thumb = min(length, max(SHORTEST_THUMB_PX, length * option.pageStep // (span + option.pageStep)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown
    )
    bounds = {
        QStyle.SubControl.SC_ScrollBarGroove: (0, length),
        QStyle.SubControl.SC_ScrollBarSlider: (start, thumb),
        QStyle.SubControl.SC_ScrollBarSubPage: (0, start),
        QStyle.SubControl.SC_ScrollBarAddPage: (start + thumb, length - start - thumb),
    }.get(part)
    if bounds is None:
        return QRect()
    if upright:
        return QRect(rect.x(), rect.y() + bounds[0], rect.width(), bounds[1])
    return QRect(rect.x() + bounds[0], rect.y(), bounds[1], rect.height())


def _paint_slider(option: QStyleOptionSlider, handle: QRect, painter: QPainter) -> None:
    those = colours(option.palette)
    enabled = bool(option.state & State.State_Enabled)
    groove = QRectF(option.rect.x(), option.rect.center().y() - 1, option.rect.width(), 3)
    done = QRectF(groove.x(), groove.y(), handle.center().x() - groove.x(), groove.height())
    knob = QRectF(0, 0, HANDLE_PX - 1, HANDLE_PX - 1)
    knob.moveCenter(QRectF(handle).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(those.separator)
    painter.drawRoundedRect(groove, 1.5, 1.5)
    painter.setBrush(those.accent if enabled else those.outline)
    painter.drawRoundedRect(done, 1.5, 1.5)
    focused = enabled and option.state & State.State_HasFocus
    painter.setPen(QPen(those.accent if focused else those.outline, FOCUS_PX if focused else 1))
    painter.setBrush(those.button)
    painter.drawEllipse(knob)
    painter.restore()


_PRIMITIVES: Mapping[QStyle.PrimitiveElement, Painting] = {
    QStyle.PrimitiveElement.PE_PanelButtonCommand: _paint_button,
    QStyle.PrimitiveElement.PE_PanelButtonTool: _paint_tool_button,
    QStyle.PrimitiveElement.PE_FrameDefaultButton: _paint_nothing,
    QStyle.PrimitiveElement.PE_FrameFocusRect: _paint_focus,
    QStyle.PrimitiveElement.PE_PanelLineEdit: _paint_field,
    QStyle.PrimitiveElement.PE_IndicatorCheckBox: paint_tick_box,
    QStyle.PrimitiveElement.PE_FrameMenu: _paint_nothing,
    QStyle.PrimitiveElement.PE_PanelMenu: _paint_menu,
    QStyle.PrimitiveElement.PE_PanelTipLabel: _paint_menu,
    QStyle.PrimitiveElement.PE_Frame: _paint_frame,
}
_CONTROLS: Mapping[QStyle.ControlElement, Painting] = {
    QStyle.ControlElement.CE_ProgressBar: _paint_progress,
    QStyle.ControlElement.CE_MenuBarEmptyArea: _paint_nothing,
    QStyle.ControlElement.CE_MenuBarItem: _paint_menu_bar_item,
    QStyle.ControlElement.CE_Splitter: _paint_splitter,
}
